import type { Tx } from '#platform/db.ts'

/** How many versions there ever were of what an election does again only after it was taken back. */
export const versionsOf = async (
  tx: Tx,
  table: 'voting.draw' | 'voting.ceremony_order',
  election: string,
): Promise<number> =>
  Number(
    (
      await tx
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<string>().as('n'))
        .where('election', '=', election)
        .executeTakeFirstOrThrow()
    ).n,
  )
