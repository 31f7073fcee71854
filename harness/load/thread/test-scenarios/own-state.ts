// Beside a scenario file: each virtual user has a copy of its own.
let count = 0

export function next(): number {
  return ++count
}
