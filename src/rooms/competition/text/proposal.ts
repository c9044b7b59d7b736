export const id = {
  navProposals: 'Proposal saya',
}
export const en: typeof id = {
  navProposals: 'My proposals',
}
