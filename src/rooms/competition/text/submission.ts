export const id = {
  navInbox: 'Proposal masuk',
}
export const en: typeof id = {
  navInbox: 'Proposals received',
}
