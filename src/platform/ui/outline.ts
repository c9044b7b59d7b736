/** Outlines of a map, made light: a phone draws a coast to the half pixel at most. */
type Point = readonly [number, number]

/** The closed lines of an SVG path of straight lines (m, l, h, v, z; absolute or relative). */
export function ringsOf(path: string): Point[][] {
  const rings: Point[][] = []
  let ring: Point[] = []
  let at: Point = [0, 0]
  let start: Point = [0, 0]
  let command = 'M'
  const tokens = path.match(/[a-z]|-?\d*\.?\d+(?:e-?\d+)?/gi) ?? []
  const number = (i: number) => Number(tokens[i])
  for (let i = 0; i < tokens.length; ) {
    if (/^[a-z]$/i.test(tokens[i]!)) command = tokens[i++]!
    const base: Point = command === command.toLowerCase() ? at : [0, 0]
    switch (command.toLowerCase()) {
      case 'z':
        if (ring.length > 2) rings.push(ring)
        ring = []
        at = start
        continue
      case 'h':
        at = [base[0] + number(i++), at[1]]
        break
      case 'v':
        at = [at[0], base[1] + number(i++)]
        break
      case 'm':
        at = [base[0] + number(i++), base[1] + number(i++)]
        start = at
        ring = []
        // Further pairs after a move are lines.
        command = command === 'm' ? 'l' : 'L'
        break
      case 'l':
        at = [base[0] + number(i++), base[1] + number(i++)]
        break
      default:
        throw new Error(`This outline has a curve (${command}); only straight lines are read.`)
    }
    ring.push(at)
  }
  if (ring.length > 2) rings.push(ring)
  return rings
}

/** Ramer, Douglas and Peucker: leave out every point that lies nearer than `tolerance` to the line without it. */
export function simplify(points: readonly Point[], tolerance: number): Point[] {
  if (points.length < 3) return [...points]
  const [first, last] = [points[0]!, points.at(-1)!]
  let far = 0
  let farthest = 0
  for (let i = 1; i < points.length - 1; i++) {
    const d = distance(points[i]!, first, last)
    if (d > farthest) [far, farthest] = [i, d]
  }
  if (farthest <= tolerance) return [first, last]
  return [...simplify(points.slice(0, far + 1), tolerance).slice(0, -1), ...simplify(points.slice(far), tolerance)]
}

function distance([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / length))
  return Math.hypot(x - x1 - t * dx, y - y1 - t * dy)
}

const area = (ring: readonly Point[]) =>
  Math.abs(
    ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length]![1] - ring[(i + 1) % ring.length]![0] * y, 0),
  ) / 2

/**
 * The same path with fewer points, in tenths of the drawing's unit. Islands smaller than `least` square units are left
 * out, but never the largest: every province stays on the map.
 */
export function lighten(path: string, tolerance = 0.5, least = 0.8): string {
  const rings = ringsOf(path).sort((a, b) => area(b) - area(a))
  return rings
    .filter((ring, i) => i === 0 || area(ring) >= least)
    .map((ring) => {
      const half = Math.floor(ring.length / 2)
      // A closed line has no ends to hold on to: its two halves have.
      const light = [
        ...simplify(ring.slice(0, half + 1), tolerance).slice(0, -1),
        ...simplify(ring.slice(half), tolerance),
      ]
      return light.length < 3 ? draw(ring) : draw(light)
    })
    .join('')
}

function draw(ring: readonly Point[]): string {
  let [px, py] = [0, 0]
  const steps = ring.map(([x, y], i) => {
    const [tx, ty] = [Math.round(x * 10), Math.round(y * 10)]
    const step = [tx - px, ty - py]
    ;[px, py] = [tx, ty]
    return { i, dx: step[0]!, dy: step[1]! }
  })
  const moved = steps.filter(({ i, dx, dy }) => i === 0 || dx !== 0 || dy !== 0)
  const short = (n: number) => String(n / 10).replace(/^(-?)0\./, '$1.')
  return `${moved.map(({ dx, dy }, i) => `${i === 0 ? 'M' : i === 1 ? 'l' : ' '}${short(dx)}${dy < 0 ? '' : ' '}${short(dy)}`).join('')}z`
}
