// The recorded kill matrix as data. Read by the diagnosis of a run, and by the proof, which writes it.

/** What one defect was seen to do to the checks. */
export interface Death {
  readonly defect: string
  /** Third person: what a server with it does. */
  readonly title: string
  readonly violates: string
  /** Check ids. */
  readonly fails: readonly string[]
  /** Checks of the violated requirement that do not see it. */
  readonly spares: readonly string[]
}

export function readMatrix(text: string): readonly Death[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [defect = '', title = '', violates = '', fails = '', spares = ''] = line.split(/ \|(?: |$)/)
      return { defect, title, violates, fails: words(fails), spares: words(spares) }
    })
}

export function writeMatrix(deaths: readonly Death[]): string {
  return deaths
    .map(({ defect, title, violates, fails, spares }) =>
      [defect, title, violates, fails.join(' '), spares.join(' ')].join(' | ').trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('')
}

function words(list: string): string[] {
  return list.split(' ').filter((word) => word !== '')
}
