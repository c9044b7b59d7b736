/**
 * The roll is divided among the desks by number, in runs as equal as can be: "meja 1: nomor 1–167". The desk of a share is the
 * one that decides about its voters, so that two desks that cannot see each other never both say yes.
 */
export type Share = { readonly desk: number; readonly from: number; readonly to: number }

export function sharesOf(voters: number, desks: number): Share[] {
  const size = Math.floor(voters / desks)
  const larger = voters % desks
  let from = 1
  return Array.from({ length: desks }, (_, at) => {
    const to = from + size + (at < larger ? 1 : 0) - 1
    const share = { desk: at + 1, from, to }
    from = to + 1
    return share
  })
}

/** Number of the desk whose share the voter belongs to. Voters added later belong to the last. */
export const shareOf = (voter: number, shares: readonly Share[]): number =>
  (shares.find(({ from, to }) => voter >= from && voter <= to) ?? shares.at(-1)!).desk
