export const id = {
  hooksTitle: 'Pemberitahuan ke sistem lain',
}
export const en: typeof id = {
  hooksTitle: 'Notifications to other systems',
}
