import type { Db } from '#platform/db.ts'
import { app } from '../src/app.ts'
import { type Client, clientFor, type Web } from '../src/demo/client.ts'
import type { Moment } from '../test/whole-round.ts'

/** A page as somebody got it at a moment. */
export type Seen = {
  moment: string
  role: string
  lang: 'id' | 'en'
  address: string
  /** The address with names for its ids, as the app knows it; of what no address answers, `none`. */
  route: string
  status: number
  html: string
  /** Built as no page of its route before: worth a look in the browser. */
  built: boolean
}

/** As many addresses of one route are opened by one role at one moment; among them are those with another state. */
const most = 3

/** What changes while a round or a service goes on. */
const ofARound = /^\/(?:judging|services|replication|voting|competition(?!\/register))(?:\/|$)/

/**
 * Reads the product as a person does who opens every link: at each moment, in each role, every address that a page leads
 * to. Of pages that are alike one is kept: a page is taken when its content holds a control, a class or a word of ours
 * that no page of its route taken before held; it is `built` anew when it is more than a word. Then its forms are sent
 * empty, and what comes back is taken likewise.
 */
export function aWalk(routes: readonly string[], isOurs: (text: string) => boolean) {
  const patterns = routes.map((route) => [route, patternOf(route)] as const)
  // What a pattern with fewer names matches is meant before what one with more does: /new before /:agency.
  patterns.sort((a, b) => a[0].split(':').length - b[0].split(':').length)
  const routeOf = (address: string) =>
    patterns.find(([, pattern]) => pattern.test(address.split('?')[0]!))?.[0] ?? 'none'
  const held = new Map<string, Set<string>>()
  const pages: Seen[] = []
  const answered = new Set<string>()
  const faults: string[] = []

  function newsOf(route: string, html: string) {
    const known = held.get(route) ?? new Set<string>()
    held.set(route, known)
    const fresh = [...featuresOf(html, isOurs)].filter((feature) => !known.has(feature))
    for (const feature of fresh) known.add(feature)
    return { any: fresh.length > 0, built: fresh.some((feature) => feature.startsWith('<')) }
  }

  /** Both languages of what this client gets there. */
  async function take(
    clients: Record<'id' | 'en', Client>,
    seen: Omit<Seen, 'lang' | 'built'>,
    send: (client: Client) => Promise<Response>,
  ) {
    const { any, built } = newsOf(seen.route, seen.html)
    if (!any) return
    pages.push({ ...seen, built, lang: 'id' })
    pages.push({ ...seen, built, lang: 'en', html: await (await send(clients.en)).text() })
  }

  return {
    pages,
    routeOf,
    /** Routes that answered with a page. */
    answered,
    faults,
    async visit({ name, world, readers, letters, whole }: Moment) {
      const house = { clock: world.clock, files: world.files, demo: true }
      const [web, dry] = [app({ ...house, db: world.db }), app({ ...house, db: neverSaving(world.db) })]
      for (const [role, person] of Object.entries(readers)) {
        const through = async (web: Web) => ({
          id: await clientFor({ ...world, web }, person, { lang: 'id' }),
          en: await clientFor({ ...world, web }, person, { lang: 'en' }),
        })
        const [clients, senders] = [await through(web), await through(dry)]
        const queue = ['/', ...letters.filter(({ as }) => as === role).map(({ address }) => address)]
        const met = new Set(queue)
        const from = new Map<string, string>()
        const opened = new Map<string, number>()
        for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
          const response = await clients.id.get(address)
          const route = routeOf(address)
          if (response.status === 303) {
            const next = response.headers.get('location')!
            if (!met.has(next) && next.startsWith('/')) met.add(next) && queue.unshift(next)
            continue
          }
          if (!response.headers.get('content-type')?.startsWith('text/html')) continue
          const html = await response.text()
          const { status } = response
          if (status >= 400 && !letters.some((each) => each.address === address))
            faults.push(
              `${route}: a link for ${role} leads to ${status} (${address}, ${name}, from ${from.get(address)})`,
            )
          if (status === 200) answered.add(route)
          const opening = address
          await take(clients, { moment: name, role, address, route, status, html }, (client) => client.get(opening))
          for (const href of linksIn(html)) {
            if (met.has(href) || (!whole && !ofARound.test(href))) continue
            const key = routeOf(href) + (href.includes('?') ? '?' : '')
            const n = opened.get(key) ?? 0
            if (n >= most) continue
            opened.set(key, n + 1)
            met.add(href)
            queue.push(href)
            from.set(href, address)
          }
          for (const form of formsIn(html)) {
            if (met.has(`POST ${form.action}`)) continue
            met.add(`POST ${form.action}`)
            const formRoute = routeOf(form.action)
            const key = `POST ${formRoute === 'none' ? form.action.replace(/[0-9a-f-]{36}/g, ':id') : formRoute}`
            const n = opened.get(key) ?? 0
            if (n >= 2) continue
            opened.set(key, n + 1)
            const send = (client: Client) =>
              client.send('POST', form.action, form.upload ? emptyUpload() : new URLSearchParams())
            const answer = await send(senders.id)
            if (![409, 422].includes(answer.status) || !answer.headers.get('content-type')?.startsWith('text/html')) {
              if (answer.status >= 500)
                faults.push(`${formRoute}: an empty form answers ${answer.status} (${form.action}, ${role}, ${name})`)
              continue
            }
            const again = { moment: name, role, address: `POST ${form.action}`, route, status: answer.status }
            await take(senders, { ...again, html: await answer.text() }, send)
          }
        }
        for (const client of [...Object.values(clients), ...Object.values(senders)]) await client.leave()
      }
    },
  }
}

const emptyUpload = () => {
  const body = new FormData()
  body.append('x', '')
  return body
}

const patternOf = (route: string) =>
  new RegExp(`^${route.replace(/[.]/g, '\\.').replace(/:\w+(?:\{([^}]*)\})?/g, (_, of) => `(?:${of ?? '[^/]+'})`)}$`)

const text = (html: string) =>
  html
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** The house's own addresses on a page, but those that change something or lead out of the language. */
function linksIn(html: string): string[] {
  return [...html.matchAll(/<a\s[^>]*?href="(\/[^"#]*)/g)]
    .map(([, href]) => text(href!))
    .filter((href) => !href.startsWith('/bahasa/') && !href.startsWith('//'))
}

/** Forms with something to type or choose; a button alone is an act. */
function formsIn(html: string): { action: string; upload: boolean }[] {
  return [...html.matchAll(/<form\s([^>]*)>(.*?)<\/form>/gs)].flatMap(([, head, body]) => {
    const action = /action="([^"]*)"/.exec(head!)?.[1]
    const typed = /<(?:select|textarea)|<input(?![^>]*type="(?:hidden|submit)")/.test(body!)
    return action && typed && /method="post"/.test(head!)
      ? [{ action: text(action), upload: /multipart/.test(head!) }]
      : []
  })
}

/** What a page holds, without its figures, ids and names. */
function featuresOf(html: string, isOurs: (text: string) => boolean): Set<string> {
  const main = html.slice(html.indexOf('<main'))
  const features = new Set<string>()
  for (const [, tag, attributes, after] of main.matchAll(/<([a-z][a-z0-9-]*)((?:\s[^>]*)?)>([^<]*)/g)) {
    const of = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(attributes!)?.[1] ?? ''
    features.add(
      `<${tag}.${of('class')} ${of('type')} ${of('role')} ${/checked|disabled|aria-invalid|open/.exec(attributes!)?.[0] ?? ''}`,
    )
    const words = text(after!).trim()
    if (words && isOurs(words)) features.add(words)
  }
  return features
}

/** A database whose transactions come to nothing: a form can be tried without changing the story. */
export function neverSaving(db: Db): Db {
  return new Proxy(db, {
    get(target, name) {
      if (name !== 'transaction') {
        const value = Reflect.get(target, name) as unknown
        return typeof value === 'function' ? value.bind(target) : value
      }
      return () => ({
        execute: async <T>(
          work: (tx: Parameters<Parameters<ReturnType<Db['transaction']>['execute']>[0]>[0]) => Promise<T>,
        ) => {
          let result: { value: T } | undefined
          const undone = new Error('undone')
          await target
            .transaction()
            .execute(async (tx) => {
              result = { value: await work(tx) }
              throw undone
            })
            .catch((error: unknown) => {
              if (error !== undone) throw error
            })
          return result!.value
        },
      })
    },
  })
}
