/** A flow as it is drawn: states, and moves between them, by the words of the reader. It may be half written. */
export type Drawable = {
  states: readonly { id: string; label: string; kind: string }[]
  moves: readonly { id: string; label: string; from: 'new' | 'any' | readonly string[]; to: string; itself: boolean }[]
}

export type Box = { x: number; y: number; width: number; height: number }
/** `new`: where cases begin. `any`: moves from every state. */
export type DrawnState = Box & { id: string; label: string; kind: string; index: number }
export type DrawnMove = Box & {
  id: string
  label: string
  from: string
  to: string
  itself: boolean
  stays: boolean
  index: number
}
/** A line from a move to the state that it leads to; lines to one state run together. */
export type DrawnLine = { move: string; from: string; to: string; points: readonly (readonly [number, number])[] }
export type Drawing = { width: number; height: number; states: DrawnState[]; moves: DrawnMove[]; lines: DrawnLine[] }

const box = { width: 200, height: 54 }
const pill = { height: 34, indent: 22, gap: 8 }
const lane = 9
const margin = 12

type Cell = { id: string; label: string; kind: string; index: number; column: number; row: number; moves: number[] }

/**
 * A layered drawing: states stand in rows by how far they are from the beginning, at most `columns` side by side; under
 * each stand the moves that leave it. From a move a line runs to its state through the gutter right of its column and
 * the channel above the state's row, where no box ever stands, so that nothing covers anything. The same flow is always
 * drawn the same.
 */
export function drawn(flow: Drawable, columns: number): Drawing {
  const cells = placed(flow, columns)
  const rows = Math.max(0, ...cells.map(({ row }) => row)) + 1
  const wide = Math.max(0, ...cells.map(({ column }) => column)) + 1
  const cellOf = new Map(cells.map((cell) => [cell.id, cell]))
  const leading = cells.flatMap((cell) =>
    cell.moves.flatMap((index, nth) => {
      const to = cellOf.get(flow.moves[index]!.to)
      return to && !isOutside(to.id) ? [{ cell, index, nth, to }] : []
    }),
  )
  // Lanes are given out by order alone; how far apart things stand follows from how many there are.
  const down = lanesOf(
    leading,
    ({ cell }) => cell.column,
    ({ to }) => to.id,
    ({ cell, nth, to }) => [cell.row * 1000 + 500 + nth, to.row * 1000],
  )
  const across = lanesOf(
    leading,
    ({ to }) => to.row,
    ({ to }) => to.id,
    ({ cell, to }) => [cell.column * 1000 + 900, to.column * 1000 + 500],
  )

  const left = [margin]
  for (let c = 0; c < wide; c++) left.push(left[c]! + box.width + 2 * margin + lane * (down.count(c) + 1))
  const top: number[] = []
  let y = margin
  for (let r = 0; r < rows; r++) {
    top.push(y + lane * (across.count(r) + 1))
    const tallest = Math.max(0, ...cells.filter(({ row }) => row === r).map((cell) => heightOf(cell)))
    y = top[r]! + tallest + margin
  }

  const states = cells.map(
    ({ id, label, kind, index, column, row }): DrawnState => ({
      ...{ id, label, kind, index, x: left[column]!, y: top[row]! },
      ...box,
    }),
  )
  const moves = cells.flatMap((cell) =>
    cell.moves.map((index, nth): DrawnMove => {
      const { id, label, to, itself } = flow.moves[index]!
      return {
        ...{ id, label, to, itself, index, from: cell.id, stays: to === 'same' || !cellOf.has(to) },
        x: left[cell.column]! + pill.indent,
        y: top[cell.row]! + box.height + pill.gap + nth * (pill.height + pill.gap),
        width: box.width - pill.indent,
        height: pill.height,
      }
    }),
  )
  const lines = leading.map(({ cell, index, nth, to }): DrawnLine => {
    const start = left[cell.column]! + box.width
    const middle = top[cell.row]! + box.height + pill.gap + nth * (pill.height + pill.gap) + pill.height / 2
    const x = start + margin + lane * (down.lane(cell.column, to.id) + 1)
    const channel = top[to.row]! - lane * (across.lane(to.row, to.id) + 1)
    const port = left[to.column]! + box.width / 2
    return {
      ...{ move: flow.moves[index]!.id, from: cell.id, to: to.id },
      points: [
        [start, middle],
        [x, middle],
        [x, channel],
        [port, channel],
        [port, top[to.row]!],
      ],
    }
  })
  return { width: left[wide]!, height: y, states, moves, lines }
}

const isOutside = (id: string) => id === 'new' || id === 'any'
const heightOf = ({ moves }: Cell) => box.height + moves.length * (pill.height + pill.gap)

/** Each state in its row and column, with the moves that leave it. A state named twice stands once. */
function placed({ states, moves }: Drawable, columns: number): Cell[] {
  const known = new Map(states.map((state, index) => [state.id, { ...state, index }]))
  const leaving = (id: string) =>
    moves.flatMap(({ from }, i) => {
      if (id === 'new' || id === 'any') return from === id ? [i] : []
      return Array.isArray(from) && from.includes(id) ? [i] : []
    })
  const depth = new Map<string, number>([['new', 0]])
  // Nearest first, in the order in which they were written.
  for (const [id, far] of depth)
    for (const i of leaving(id)) {
      const { to } = moves[i]!
      if (known.has(to) && !isOutside(to) && !depth.has(to)) depth.set(to, far + 1)
    }
  const deepest = Math.max(...depth.values())
  const layers: string[][] = [['new']]
  for (const id of known.keys()) {
    const layer = depth.get(id) ?? deepest + 1
    if (!isOutside(id)) layers[layer] = [...(layers[layer] ?? []), id]
  }
  // From any state, and moves whose states are not there (any more).
  const lost = moves.flatMap(({ from }, i) => (Array.isArray(from) && !from.some((id) => known.has(id)) ? [i] : []))
  if (leaving('any').length + lost.length > 0) layers.push(['any'])

  const cells: Cell[] = []
  const columnOf = new Map<string, number>()
  let row = 0
  for (const layer of layers.filter((one) => one && one.length > 0)) {
    // Under what leads there, as far as there is room.
    const wished = (id: string) => {
      const from = moves.filter(({ to }) => to === id).flatMap((move) => (Array.isArray(move.from) ? move.from : []))
      const known = from.flatMap((one) => columnOf.get(one) ?? [])
      return known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : 0
    }
    const ordered = layer.map((id, i) => ({ id, i, at: wished(id) })).sort((a, b) => a.at - b.at || a.i - b.i)
    ordered.forEach(({ id }, i) => {
      const column = i % columns
      const state = known.get(id)
      columnOf.set(id, column)
      cells.push({
        id,
        ...{ label: state && !isOutside(id) ? state.label : '', kind: isOutside(id) ? id : (state?.kind ?? 'open') },
        ...{ index: state?.index ?? -1, column, row: row + Math.floor(i / columns) },
        moves: id === 'any' ? [...leaving(id), ...lost] : leaving(id),
      })
    })
    row += Math.ceil(ordered.length / columns)
  }
  return cells
}

/**
 * Lanes in each gutter: all that leads to one goal shares one, and two goals share one only where they never meet.
 * `span`: from where to where a line runs along the gutter.
 */
function lanesOf<T>(
  all: readonly T[],
  gutterOf: (one: T) => number,
  goalOf: (one: T) => string,
  span: (one: T) => [number, number],
) {
  const gutters = new Map<number, Map<string, [number, number]>>()
  for (const one of all) {
    const goals = gutters.get(gutterOf(one)) ?? new Map<string, [number, number]>()
    gutters.set(gutterOf(one), goals)
    const [a, b] = span(one)
    const before = goals.get(goalOf(one)) ?? [Infinity, -Infinity]
    goals.set(goalOf(one), [Math.min(before[0], a, b), Math.max(before[1], a, b)])
  }
  const given = new Map<string, number>()
  const counts = new Map<number, number>()
  for (const [gutter, goals] of gutters) {
    const lanes: [number, number][][] = []
    for (const [goal, [from, to]] of [...goals].sort((a, b) => a[1][0] - b[1][0] || a[1][1] - b[1][1])) {
      const free = lanes.findIndex((lane) => lane.every(([a, b]) => to < a || from > b))
      const lane = free < 0 ? lanes.push([]) - 1 : free
      lanes[lane]!.push([from, to])
      given.set(`${gutter} ${goal}`, lane)
    }
    counts.set(gutter, lanes.length)
  }
  return {
    count: (gutter: number) => counts.get(gutter) ?? 0,
    lane: (gutter: number, goal: string) => given.get(`${gutter} ${goal}`)!,
  }
}

/** A text in lines of at most so many signs, at most two; what does not fit ends in an ellipsis. */
export function wrapped(text: string, most: number, lines = 2): string[] {
  const out: string[] = ['']
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const line = out.at(-1)!
    if (line === '') out[out.length - 1] = word
    else if (line.length + 1 + word.length <= most) out[out.length - 1] = `${line} ${word}`
    else out.push(word)
  }
  const cut = out.slice(0, lines).map((line) => (line.length > most ? `${line.slice(0, most - 1)}…` : line))
  if (out.length > lines) {
    const last = cut.length - 1
    cut[last] = `${cut[last]!.slice(0, most - 1).replace(/…$/, '')}…`
  }
  return cut
}
