// The commands, for whoever mistypes one. A test holds it to the program.
export const commandNames: readonly string[] = [
  'check',
  'trace',
  'load',
  'capacity',
  'compare',
  'history',
  'watch',
  'scenarios',
  'list',
  'explain',
  'serve',
  'report',
  'completion',
]
