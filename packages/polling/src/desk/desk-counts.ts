import type { Counts, Line } from '../format/index.ts'
import { bookOf } from './book.ts'

/**
 * What the desks' logs give to the reconciliation (R64). A token whose ballot was voided was handed back at the booth: the desk
 * writes it into the line of the token that replaces it, and here it counts as returned.
 */
export function deskCounts(logs: Iterable<readonly Line[]>): Pick<Counts, 'present' | 'issued' | 'returned'> {
  const lists = [...logs]
  const { present, issued, returned } = bookOf(lists).counts
  const replaced = lists.flat().filter(({ act }) => act.kind === 'token-issued' && act.replaces === 'void').length
  return { present, issued, returned: returned + replaced }
}
