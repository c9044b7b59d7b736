import type { Book, Carried, Report } from '../domain/field.ts'
import type { Objection } from '../domain/form.ts'
import { type Box, base64Of, boxed, bytesOf, keyOf, lockOf, newOwnKey, sha256, textOf, unboxed } from './_box.ts'
import type { Typed } from './_question.tsx'
import * as shelf from './_shelf.ts'
import { type Media, type Outbox, type Receipt, type Result, sendAll } from './_sync.ts'

/** What is kept of a report: what goes to the server, what was typed (to mend it), and what became of it. */
export type Content = {
  report: Report
  typed: Typed
  title: string
  receipt?: Receipt
  refused?: { refusal: string; objections: Objection[] }
  held?: string
}
export type Draft = {
  id: string
  book: string
  carried: string | null
  move: string
  role: string
  typed: Typed
  screen: string
  title: string
  /** It takes the place of a report that was refused. */
  mends?: boolean
}

type PhoneBook = { person: string; books: Book[]; same: string[]; cases: Carried[]; secrets: Record<string, string> }

const kinds = ['photo', 'voice', 'signature']
const mostWrong = 10

/** The state of a phone that is open: the keys are in memory only, and cannot be taken out of the browser even there. */
export class Phone {
  known: shelf.Known
  #lock: CryptoKey
  #keys: Map<string, CryptoKey>
  books: Book[] = []
  cases: Carried[] = []

  private constructor(known: shelf.Known, lock: CryptoKey, keys: Map<string, CryptoKey>) {
    this.known = known
    this.#lock = lock
    this.#keys = keys
  }

  /** Make this browser the phone of whoever is signed in, with a PIN. Needs the server. */
  static async begin(pin: string, given: { device: string; token: string; person: string }): Promise<Phone> {
    const salt = crypto.getRandomValues(new Uint8Array(16))
    const own = await newOwnKey()
    const lock = await lockOf(pin, salt, own)
    const known = { ...given, salt, own, check: await boxed(lock, 'ok'), wrong: 0, until: 0 }
    await shelf.dropLocks()
    await shelf.writeMeta('known', known)
    return new Phone(known, lock, new Map())
  }

  /** Open with the PIN: the phone, or how many tries are left and how long to wait (ms). */
  static async unlock(known: shelf.Known, pin: string): Promise<Phone | { left: number; until: number }> {
    const lock = await lockOf(pin, known.salt, known.own)
    try {
      await unboxed(lock, known.check)
    } catch {
      const wrong = known.wrong + 1
      const left = mostWrong - wrong
      // From the fifth on each try waits longer: 30 seconds, then twice as long each time.
      const until = wrong >= 5 ? Date.now() + 30_000 * 2 ** (wrong - 5) : 0
      await shelf.writeMeta('known', { ...known, wrong, until })
      if (left <= 0) await Phone.forgetKeys()
      return { left, until }
    }
    if (known.wrong > 0) await shelf.writeMeta('known', { ...known, wrong: 0, until: 0 })
    const keys = new Map<string, CryptoKey>()
    for (const [service, box] of await shelf.readLocks()) keys.set(service, await keyOf(await unboxed(lock, box)))
    const phone = new Phone({ ...known, wrong: 0, until: 0 }, lock, keys)
    await phone.#load()
    return phone
  }

  /** Nothing here can be read any more, until its person signs in again and chooses a PIN. What was not sent stays, sealed. */
  static async forgetKeys(): Promise<void> {
    await shelf.dropLocks()
    const known = await shelf.readMeta<shelf.Known>('known')
    if (!known) return
    await shelf.writeMeta('last', { device: known.device, token: known.token, person: known.person })
    await shelf.writeMeta('known', undefined)
  }

  get services(): string[] {
    return [...this.#keys.keys()]
  }

  async #load(): Promise<void> {
    const books = await Promise.all((await shelf.keptKeys('book:')).map((key) => shelf.readKept<Book>(key, this.#keys)))
    this.books = books.filter((book) => book !== undefined)
    const cases = await Promise.all(
      this.services.map((service) => shelf.readKept<Carried[]>(`cases:${service}`, this.#keys)),
    )
    this.cases = cases.flatMap((some) => some ?? [])
  }

  /** Fetch forms, regions and cases anew. `gone`: a role has ended since, and what belonged to it was taken away. */
  async refresh(): Promise<'fresh' | 'sign-in' | 'cut-off' | 'gone'> {
    const have = this.books.map(({ name }) => name).join()
    const answer = await fetch(`/services/field/book?device=${this.known.device}&have=${have}`).catch(() => undefined)
    if (answer?.status === 401 || answer?.redirected) return 'sign-in'
    if (!answer?.ok) return 'cut-off'
    const fresh = (await answer.json().catch(() => undefined)) as PhoneBook | undefined
    if (!fresh) return 'cut-off'
    const lost = this.services.filter((service) => !(service in fresh.secrets))
    for (const service of new Set([...lost, ...(await shelf.reportServices())]))
      if (!(service in fresh.secrets)) await this.forget(service)
    for (const [service, secret] of Object.entries(fresh.secrets)) {
      if (!this.#keys.has(service)) {
        const bytes = bytesOf(secret)
        await shelf.writeLock(service, await boxed(this.#lock, bytes))
        this.#keys.set(service, await keyOf(bytes))
      }
      await shelf.unsealService(service, this.known.device)
      await shelf.writeKept(
        `cases:${service}`,
        service,
        this.#keys.get(service)!,
        fresh.cases.filter((one) => one.service === service),
      )
    }
    for (const book of fresh.books)
      await shelf.writeKept(`book:${book.name}`, book.service, this.#keys.get(book.service)!, book)
    const names = new Set([...fresh.same, ...fresh.books.map(({ name }) => name)])
    // The book of a draft is kept until the draft is done with: its form may have been replaced meanwhile.
    const draft = await this.draft()
    for (const key of await shelf.keptKeys('book:'))
      if (!names.has(key.slice(5)) && key.slice(5) !== draft?.book) await shelf.dropKept(key)
    await this.#load()
    return lost.length > 0 ? 'gone' : 'fresh'
  }

  /** The role has ended: nothing of the service can be read here any more. */
  async forget(service: string): Promise<void> {
    this.#keys.delete(service)
    this.books = this.books.filter((book) => book.service !== service)
    this.cases = this.cases.filter((one) => one.service !== service)
    await shelf.forgetService(service)
  }

  draft = () => shelf.readKept<Draft>('draft', this.#keys)
  keepDraft = (draft: Draft, service: string) => shelf.writeKept('draft', service, this.#keys.get(service)!, draft)
  async dropDraft(id: string, mends: boolean): Promise<void> {
    await shelf.dropKept('draft')
    if (!mends) await shelf.dropReport(id)
  }

  /** What was answered last for a question that is asked again and again: the village. */
  last = async (service: string) => (await shelf.readKept<Typed>(`last:${service}`, this.#keys)) ?? {}
  keepLast = (service: string, typed: Typed) =>
    shelf.writeKept(`last:${service}`, service, this.#keys.get(service)!, typed)

  /** Keep a file of a report; its hash. */
  async addFile(report: string, service: string, kind: string, blob: Blob): Promise<string> {
    const bytes = new Uint8Array(await blob.arrayBuffer())
    const hash = await sha256(bytes)
    const all = new Uint8Array(bytes.length + 1)
    all[0] = kinds.indexOf(kind)
    all.set(bytes, 1)
    await shelf.addFile(report, hash, await boxed(this.#keys.get(service)!, all))
    return hash
  }

  async fileOf(report: string, service: string, hash: string): Promise<Blob | undefined> {
    const found = (await this.#files(report, service)).find((file) => file.hash === hash)
    return found && new Blob([found.bytes])
  }

  async #files(report: string, service: string): Promise<Media[]> {
    const key = this.#keys.get(service)
    if (!key) return []
    return Promise.all(
      (await shelf.filesOf(report)).map(async ({ key: name, box }) => {
        const bytes = await unboxed(key, box)
        return { hash: name.split(':')[1]!, kind: kinds[bytes[0]!]!, bytes: bytes.slice(1) }
      }),
    )
  }

  /** Keep a report to be sent; the draft it was is gone with the same act. */
  async add(content: Content, hashes: readonly string[]): Promise<void> {
    const { id, service, role } = content.report
    const box = await boxed(this.#keys.get(service)!, JSON.stringify(content))
    const of = { id, service, role, case: content.report.case }
    await shelf.addReport({ ...of, box, device: this.known.device, state: 'waiting' }, hashes)
  }

  async open(stored: shelf.Stored): Promise<Content | undefined> {
    const key = this.#keys.get(stored.service)
    if (!key) return undefined
    return JSON.parse(textOf(await unboxed(key, stored.box))) as Content
  }

  /** Reports on cases that were captured here and are not sent yet, by case, oldest first. */
  async waitingByCase(): Promise<Map<string, Report[]>> {
    const waiting = await shelf.listState('waiting', 2000, (one) => one.case === null)
    const found = new Map<string, Report[]>()
    for (const stored of waiting) {
      const content = await this.open(stored)
      if (content) found.set(stored.case!, [...(found.get(stored.case!) ?? []), content.report])
    }
    return found
  }

  #outbox(): Outbox {
    const readable = (one: shelf.Stored) => this.#keys.has(one.service) && one.device === this.known.device
    return {
      device: this.known.device,
      waiting: async (most, beyond) => {
        const stored = await shelf.listState('waiting', most, (one) => !readable(one) || beyond.has(one.id))
        return Promise.all(stored.map(async (one) => (await this.open(one))!.report))
      },
      media: async (id) => {
        const stored = await shelf.readReport(id)
        return stored ? this.#files(id, stored.service) : []
      },
      settle: (id, result) => this.#settle(id, result),
    }
  }

  /** What the server said is written down; of what it has taken in nothing stays here but the receipt. */
  async #settle(id: string, result: Result): Promise<void> {
    const stored = await shelf.readReport(id)
    const content = stored && (await this.open(stored))
    if (!stored || !content) return
    const { report, title } = content
    const bare = { report: { ...report, answers: {}, despite: {} }, typed: {}, title }
    const next: Content =
      result.kind === 'done'
        ? { ...bare, receipt: result.taken }
        : result.kind === 'held'
          ? { ...bare, held: result.reason }
          : { ...content, refused: { refusal: result.refusal, objections: result.objections } }
    const box = await boxed(this.#keys.get(stored.service)!, JSON.stringify(next))
    await shelf.changeReport(id, { box, state: result.kind }, result.kind !== 'refused')
  }

  sync = (progress: (settled: number) => void) =>
    sendAll(this.#outbox(), (address, init) => fetch(address, { ...init, redirect: 'error' }), Date.now, progress)
}

/**
 * Ask the server, locked or not, whether this phone may keep what it has. Whatever belongs to a role that has ended, or to
 * somebody who has signed out, cannot be read here afterwards.
 */
export async function contact(token: string): Promise<{ lost: string[]; signedOut: boolean } | undefined> {
  const answer = await fetch('/services/field/contact', post({ token })).catch(() => undefined)
  if (!answer?.ok) return undefined
  const { services, signedOut } = (await answer.json()) as { services: string[]; signedOut: boolean }
  const lost = [...(await shelf.readLocks()).keys()].filter((service) => !services.includes(service))
  for (const service of lost) await shelf.forgetService(service)
  if (signedOut) await Phone.forgetKeys()
  return { lost, signedOut }
}

/** Hand in what is sealed, each by itself; it goes from here when the server has it. Returns how many are left. */
export async function handIn(tokens: ReadonlyMap<string, string>): Promise<number> {
  const left = new Set<string>()
  for (;;) {
    const [stored] = await shelf.listState('sealed', 1, (one) => left.has(one.id))
    if (!stored) return left.size
    left.add(stored.id)
    const token = tokens.get(stored.device)
    if (!token) continue
    const media = (await shelf.filesOf(stored.id)).map(({ box }) => asText(box))
    const sealed = { token, now: Date.now(), id: stored.id, service: stored.service, box: asText(stored.box), media }
    const answer = await fetch('/services/field/sealed', post(sealed)).catch(() => undefined)
    if (!answer?.ok) continue
    const { kind } = (await answer.json()) as { kind: string }
    if (kind === 'held') {
      await shelf.dropReport(stored.id)
      left.delete(stored.id)
    }
  }
}

const asText = ({ iv, data }: Box) => ({ iv: base64Of(iv), data: base64Of(new Uint8Array(data)) })
export const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
  redirect: 'error',
})
