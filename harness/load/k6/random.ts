// In place of `node:crypto` in an exported script: names and passwords of accounts that a run makes.

/** From 0, below `end`, each as likely. */
export function randomInt(end: number): number {
  const most = 0x1_0000_0000 - (0x1_0000_0000 % end)
  for (;;) {
    const [number = 0] = crypto.getRandomValues(new Uint32Array(1))
    if (number < most) return number % end
  }
}
