// Student's t for whole degrees of freedom: how far beyond the earlier runs a new one must lie. Pure. Used by the comparison
// with a baseline.

/** The value that t stays below with this probability (over a half). Within a millionth. */
export function studentQuantile(probability: number, freedom: number): number {
  let low = 0
  let high = 1
  while (studentBelow(high, freedom) < probability && high < 1e9) high *= 2
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2
    if (studentBelow(middle, freedom) < probability) low = middle
    else high = middle
  }
  return high
}

/** Probability that t lies below `value`, which is 0 or more. Abramowitz and Stegun 26.7.3 and 26.7.4. */
function studentBelow(value: number, freedom: number): number {
  const angle = Math.atan(value / Math.sqrt(freedom))
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
  const odd = freedom % 2 === 1
  let term = odd ? cosine : 1
  let sum = freedom === 1 ? 0 : term
  for (let at = odd ? 2 : 1; at <= freedom - 3; at += 2) {
    term *= (at / (at + 1)) * cosine * cosine
    sum += term
  }
  const within = odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum
  return (1 + within) / 2
}
