import type { Actor } from './action.ts'

/**
 * The permission grid: role × verb × state, for every room, as docs/permissions.md shows it.
 *
 * A room writes `permissions.grid.ts` beside its permissions: `export const grid = gridOf('judging', may, { … })` with,
 * for every verb, the things that it is tried on, by the name of their state. A verb without a line does not compile.
 * Things belong to `here` below, whose people are in the cast; a thing that depends on who asks is a function of the actor.
 */
export type Grid = { room: string; lines: readonly GridLine[] }
export type GridLine = { verb: string; state: string; cell: (actor: Actor) => Cell }
/** `not now`: this role may, but not in this state. */
export type Cell = 'yes' | 'no' | 'not now'

type May<Thing> = (actor: Actor, thing: Thing) => boolean
type ThingOf<F> = F extends (actor: Actor, thing: infer Thing) => boolean ? Thing : never
/** `things` by the name of their state; `possible` says whether the state allows the verb at all. */
export type Tried<Thing> = {
  things: Record<string, Thing | ((actor: Actor) => Thing)>
  possible?: (thing: Thing) => boolean
}
type Verbs = Record<string, (actor: Actor, thing: never) => boolean>
type Specification<M extends Verbs> = {
  [V in keyof M]: Parameters<M[V]>['length'] extends 1 ? 'everywhere' : Tried<ThingOf<M[V]>> | 'everywhere'
}

/** The grid of a room. Verbs that ask only who somebody is are `'everywhere'`. */
export function gridOf<M extends Verbs>(room: string, may: M, tried: Specification<M>): Grid {
  const lines = Object.keys(may).flatMap((verb): GridLine[] => {
    const ask = may[verb] as unknown as May<unknown>
    const how = tried[verb] as Tried<unknown> | 'everywhere'
    if (how === 'everywhere') return [{ verb, state: '', cell: (actor) => (ask(actor, undefined) ? 'yes' : 'no') }]
    return Object.entries(how.things).map(([state, given]) => ({
      verb,
      state,
      cell: (actor) => {
        const thing: unknown = typeof given === 'function' ? given(actor) : given
        if (!ask(actor, thing)) return 'no'
        return how.possible && !how.possible(thing) ? 'not now' : 'yes'
      },
    }))
  })
  return { room, lines }
}

/** The same thing in every one of these states: `inStates(['draft', 'submitted'], (state) => ({ ...here, state }))`. */
export function inStates<State extends string, Thing>(
  states: readonly State[],
  make: (state: State) => Thing,
): Record<State, Thing> {
  return Object.fromEntries(states.map((state) => [state, make(state)])) as Record<State, Thing>
}

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** Where the sample things belong, and an agency, a unit and a person that have nothing to do with them. */
export const here = { agency: id(1), unit: id(2) } as const
export const elsewhere = { agency: id(3), unit: id(4), neighbour: id(5), person: id(6) } as const

const actor = (n: number, role: string, agency: string | null = null, unit: string | null = null): Actor => ({
  id: id(n),
  name: '',
  offices: [{ role, agency, unit }],
  secondFactor: true,
})

/** Everybody the grid asks, in the order of its columns. */
export const cast = {
  public: { id: null, name: '', offices: [], secondFactor: false },
  'signed in, no role': { id: id(10), name: '', offices: [], secondFactor: true },
  unit: actor(11, 'unit', here.agency, here.unit),
  'other unit': actor(12, 'unit', here.agency, elsewhere.neighbour),
  'unit elsewhere': actor(13, 'unit', elsewhere.agency, elsewhere.unit),
  'local admin': actor(14, 'local-admin', here.agency),
  deputy: actor(15, 'deputy', here.agency),
  'local admin elsewhere': actor(16, 'local-admin', elsewhere.agency),
  evaluator: actor(17, 'evaluator'),
  'other evaluator': actor(18, 'evaluator'),
  panel: actor(19, 'panel'),
  'national admin': actor(20, 'national-admin'),
  'national admin without factor': { ...actor(21, 'national-admin'), secondFactor: false },
} as const satisfies Record<string, Actor>

const signs: Record<Cell, string> = { yes: '**yes**', no: '–', 'not now': 'not now' }

/** The grids as the text of docs/permissions.md. */
export function renderGrids(grids: readonly Grid[]): string {
  const roles = Object.entries(cast)
  const head = `| verb | state | ${roles.map(([role]) => role).join(' | ')} |\n|---|---|${roles.map(() => ':-:').join('|')}|`
  const rooms = grids.map(({ room, lines }) => {
    const rows = lines.map(
      ({ verb, state, cell }) =>
        `| ${verb} | ${state} | ${roles.map(([, who]) => signs[cell(structuredClone(who))]).join(' | ')} |`,
    )
    return `## ${room}\n\n${head}\n${rows.join('\n')}\n`
  })
  return `# Who may do what\n\nWritten by \`npm run generate\` from each room's permissions.ts; read it in diffs. *unit*, *local admin* and *deputy* are those that\nthe thing belongs to, *other unit* is of the same agency, *elsewhere* of another; *evaluator* is the one the thing is assigned to.\n**yes** may; – may not; *not now* may, but not while the thing is in that state.\n\n${rooms.join('\n')}`
}
