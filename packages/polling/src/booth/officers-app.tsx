import { silentNames } from '../audio/index.ts'
import type { Act, ElectionPackage, Signature } from '../format/index.ts'
import {
  type Acts,
  type CardSlot,
  type Lang,
  mountActs,
  openScreen,
  page,
  paperWords,
  type ScreenStatus,
  twoOfficers,
} from '../screen/index.ts'
import type { BoothDevice } from './device.ts'
import { officerWords } from './officer-words.ts'
import { Joining, type Standing, Working } from './officers-pages.tsx'

export type { Standing } from './officers-pages.tsx'

/** The pages for officers at a booth, on a port of their own: everything but the voter's session. */
export function officersApp(given: {
  package: ElectionPackage
  packageHash: string
  number: () => number | undefined
  reader: CardSlot
  acts: Acts
  standing: () => Standing
  trust: () => void
  /** How many settings of this computer leave a voter a way out (R40). */
  kiosk: number
  voterPage: () => string
}) {
  const { package: content, packageHash, reader, acts, standing } = given
  const status = (): ScreenStatus => {
    const now = standing()
    const number = given.number()
    const shown = now.at === 'working' ? now.device.status() : undefined
    return {
      device: { as: 'booth', ...(number === undefined ? {} : { number }) },
      package: { ...content, hash: packageHash },
      ...(shown
        ? {
            stage: shown.stage,
            media: shown.media.map(({ name, held }) => ({ name, state: held ? 'good' : 'lost' }) as const),
          }
        : {}),
    }
  }
  const silent = silentNames(content).join(', ')
  const app = openScreen(status)
  mountActs(app, acts, reader, status)

  app.get('/', (c) => {
    const now = standing()
    const lang = c.get('lang')
    const common = { lang, path: c.get('path'), status: status(), kiosk: given.kiosk, silent }
    return c.html(
      page(
        now.at === 'joining' ? (
          <Joining {...common} {...now} />
        ) : (
          <Working {...common} device={now.device} voterPage={given.voterPage()} failed={c.req.query('failed')} />
        ),
      ),
    )
  })
  app.post('/trust', (c) => {
    given.trust()
    return c.redirect('/', 303)
  })

  /** Two officers sign the next line of the booth's log, then it is done. */
  const agree = (
    path: string,
    title: (words: ReturnType<typeof officerWords>, lang: Lang) => string,
    detail: (words: ReturnType<typeof officerWords>) => string,
    what: (device: BoothDevice, id: string) => { act: Act | undefined; run: Run },
  ) =>
    app.post(path, (c) => {
      const now = standing()
      if (now.at !== 'working') return c.redirect('/', 303)
      const { device } = now
      const { act, run } = what(device, c.req.param('id') ?? '')
      if (!act) return c.redirect('/', 303)
      return c.redirect(
        acts.begin({
          title: (lang) => title(officerWords(lang), lang),
          detail: (lang) => detail(officerWords(lang)),
          need: twoOfficers,
          back: '/',
          documents: () => [{ kind: 'act/1', text: device.log.textOf(act) }],
          run: async (agreed) =>
            (await run(agreed.flatMap(({ signatures }) => signatures[0]!)))
              ? { to: '/' }
              : { refusal: (lang) => officerWords(lang).gone },
        }),
        303,
      )
    })
  type Run = (by: readonly Signature[]) => Promise<boolean> | boolean
  /** For the session that is in the booth when the officers begin: it may end, and the next voter come, before the second signs. */
  const ofNow = (device: BoothDevice, run: (id: string, by: readonly Signature[]) => ReturnType<Run>): Run => {
    const id = device.keeper.standing().current?.id ?? ''
    return (by) => run(id, by)
  }
  agree(
    '/reprint',
    (words) => words.reprint,
    (words) => words.reprintDetail,
    (device) => {
      const act = device.keeper.reprintAct()
      return { act, run: ofNow(device, (id, by) => act !== undefined && device.agreeReprint(id, act, by)) }
    },
  )
  agree(
    '/end',
    (words) => words.endSession,
    (words) => words.endDetail,
    (device) => ({ act: device.keeper.voidAct(), run: ofNow(device, device.agreeVoid) }),
  )
  for (const as of ['cast', 'void'] as const)
    agree(
      `/resolve/:id/${as}`,
      (words) => (as === 'cast' ? words.resolveCast : words.resolveVoid),
      (words) => words.resolveHint,
      (device, id) => ({ act: device.keeper.resolveAct(as), run: (by) => device.resolve(id, as, by) }),
    )
  for (const on of [true, false])
    agree(
      on ? '/start' : '/stop',
      (words) => (on ? words.start : words.stop),
      () => '',
      (device) => ({ act: device.keeper.switchAct(on), run: (by) => device.switched(on, by) }),
    )
  app.post('/paper', async (c) => {
    const now = standing()
    if (now.at === 'working') await now.device.testPaper()
    return c.redirect('/', 303)
  })
  for (const readable of [true, false])
    agree(
      readable ? '/paper/good' : '/paper/bad',
      (_, lang) => paperWords(lang)[readable ? 'good' : 'bad'],
      () => '',
      (device) => ({
        act: device.paperTest() === 'printed' ? device.keeper.paperAct(readable) : undefined,
        run: (by) => device.paperTested(readable, by),
      }),
    )
  app.post('/attach', (c) => {
    const now = standing()
    const fault = now.at === 'working' ? now.device.attach() : undefined
    return c.redirect(fault ? `/?failed=${encodeURIComponent(fault)}` : '/', 303)
  })
  return app
}
