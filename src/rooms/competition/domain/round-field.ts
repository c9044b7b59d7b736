import type { Words } from './round.ts'
import type { Column } from './round-rows.ts'

/** One thing that can be typed. `path` says where it stands in the document, and is its name in the form. */
export type Field = { path: string; name: string; label?: Words } & (
  | { kind: 'text' | 'lines' | 'tick' | 'evidence' }
  | { kind: 'words'; long?: boolean; optional?: boolean }
  | { kind: 'number'; whole: boolean; optional: boolean; min: number; max?: number }
  | { kind: 'moment'; optional: boolean }
  | { kind: 'choice'; options: readonly string[]; optional: boolean; labels?: Record<string, Words> }
  | { kind: 'many'; options: readonly string[] }
  /** A list edited row by row; `basis`: what it rests on is asked beside it. */
  | { kind: 'rows'; columns: readonly Column[]; basis: boolean }
  /** The innovation that is copied: whether it is asked for, which awards it must hold, and the signed statement. */
  | { kind: 'copied'; columns: readonly Column[] }
)

/** Fields that belong together. An `item` of a list can be removed, and moved where the order counts. */
export type Block = { title: Words | null; item: string | null; order: number | null; fields: Field[] }
/** A list to which something can be added; `kinds` where one must say of which kind. */
export type Addition = { list: string; name: string; kinds: readonly string[] | null }
export type Section = { blocks: Block[]; additions: Addition[] }

export const words = (path: string, name: string, more: { long?: boolean; optional?: boolean } = {}): Field => ({
  path,
  name,
  kind: 'words',
  ...more,
})
export const whole = (
  path: string,
  name: string,
  min = 0,
  more: { optional?: boolean; max?: number; label?: Words } = {},
) => ({ path, name, kind: 'number', whole: true, min, optional: false, ...more }) satisfies Field
export const number = (path: string, name: string, min: number, max?: number, optional = false): Field => ({
  path,
  name,
  kind: 'number',
  whole: false,
  min,
  optional,
  ...(max === undefined ? {} : { max }),
})
export const tick = (path: string, name: string): Field => ({ path, name, kind: 'tick' })
export const rows = (path: string, columns: readonly Column[]): Field => ({
  path,
  name: path.split('.').at(-1)!,
  kind: 'rows',
  columns,
  basis: true,
})
export const plain = (fields: Field[]): Block => ({ title: null, item: null, order: null, fields })
