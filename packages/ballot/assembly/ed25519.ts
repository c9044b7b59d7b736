import { PAIR, multiply, multiplyCross, multiplyDoubled, square, squareCross } from './field'
export { multiply, multiplyCross, multiplyDoubled, square, squareCross }

/** Room for what goes in and out, laid out by the caller. */
const room: usize = memory.data(65536, 16)
export function io(): usize {
  return room
}

/** Whether relaxed_madd rounds once here: (2^27 + 1)^2 - 2^54 = 2^28 + 1 needs it. */
export function isFused(): bool {
  if (!ASC_FEATURE_RELAXED_SIMD) return true
  const a = f64x2.splat(load<f64>(room))
  const rest = f64x2.relaxed_madd(a, a, f64x2.splat(-18014398509481984.0))
  return f64x2.extract_lane(rest, 0) == 268435457.0
}

export function repeat(times: i32): void {
  for (let i = 0; i < times; i++) multiply(room, room + PAIR, room + 2 * PAIR)
}
export function repeatDependent(times: i32): void {
  for (let i = 0; i < times; i++) multiply(room, room, room + 2 * PAIR)
}
export function repeatSquare(times: i32): void {
  for (let i = 0; i < times; i++) square(room, room)
}
