/**
 * The opening record of a challenged ballot, from what its slot holds (`election`: the fingerprint). Whatever a booth sent as its
 * opening is put in as it is: reading refuses what is no opening, and anything by which it would become another record.
 */
export const openingRecord = (election: string, ballot: string, opening: string): string =>
  `${JSON.stringify({ version: 1, election, ballot }).slice(0, -1)},"opening":${opening}}`
