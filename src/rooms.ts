/** Which room may know which. The boundary test (test/rooms.test.ts) enforces this list. */
export const rooms: Record<string, readonly string[]> = {
  people: [],
  competition: ['people'],
  judging: ['people', 'competition'],
  services: ['people'],
  gallery: ['people', 'competition', 'judging'],
  replication: ['people', 'gallery', 'services'],
  exchange: ['people', 'services', 'replication'],
  voting: ['people'],
}
