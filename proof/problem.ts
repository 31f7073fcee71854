// What the proof complains about, in one line each.

export interface Problem {
  /** Which part of the proof. */
  readonly part: 'baseline' | 'kill' | 'defect' | 'hostile' | 'variation' | 'preset' | 'coverage' | 'diagnosis'
  /** The check, defect, variation or requirement it is about. */
  readonly about: string
  readonly text: string
}

export function showProblem(problem: Problem): string {
  return `${problem.part.padEnd(9)} ${problem.about}: ${problem.text}`
}
