/**
 * Keeps the field app on the phone: its page, style and scripts, and nothing else. No answer with anybody's data passes
 * through a cache. The server writes `kept` in front of this file.
 */
type Kept = { version: string; files: readonly string[] }
type Extendable = Event & { waitUntil: (work: Promise<unknown>) => void }
type Fetching = Extendable & { request: Request; respondWith: (answer: Promise<Response>) => void }
const worker = self as unknown as {
  kept: Kept
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void> }
  addEventListener: (name: string, heard: (event: never) => void) => void
}
const { version, files } = worker.kept
const name = `field-${version}`
const page = '/services/field'

worker.addEventListener('install', (event: Extendable) => {
  const fill = async () => {
    const cache = await caches.open(name)
    await cache.addAll([page, '/services/field/app.webmanifest', ...files])
    await worker.skipWaiting()
  }
  event.waitUntil(fill())
})

worker.addEventListener('activate', (event: Extendable) => {
  const tidy = async () => {
    for (const each of await caches.keys()) if (each.startsWith('field-') && each !== name) await caches.delete(each)
    await worker.clients.claim()
  }
  event.waitUntil(tidy())
})

worker.addEventListener('fetch', (event: Fetching) => {
  const { request } = event
  const { pathname, origin } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  const opens = request.mode === 'navigate' && pathname === page
  if (!opens && !files.includes(pathname) && pathname !== '/services/field/app.webmanifest') return
  const kept = async () => (await caches.match(opens ? page : pathname)) ?? fetch(request)
  // A new version of the page comes with a new worker, so what is kept is right, and opens at once.
  event.respondWith(kept())
})
