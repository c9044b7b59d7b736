import type { ElectionPackage } from '../format/index.ts'
import { formOf, openScreen, page } from '../screen/index.ts'
import './booth-assets.ts'
import { photoPath } from './ballot.tsx'
import type { BoothStatus } from './link.ts'
import { type PageOf, SessionPage } from './pages.tsx'
import { nextVoice, readSettings, usualSettings, voiceKey } from './settings.ts'
import { SettingsPage } from './settings-page.tsx'
import type { Choice, Voter } from './voter.ts'

/** The pages of one voter. `spoken` gives addresses of recorded words, see audio/. `ended` is called once nothing more follows. */
export function sessionApp(given: {
  package: ElectionPackage
  voter: Voter
  status: () => BoothStatus
  spoken?: (voice: 'id' | 'jv', page: string, picked?: Choice) => readonly string[]
  ended: () => void
}) {
  const { package: content, voter, status, spoken, ended } = given
  let settings = usualSettings
  // A browser that kept the sound or the photograph of one candidate would tell, with a time, who was chosen (R56, T16).
  const app = openScreen(
    () => ({
      device: { as: 'booth', number: status().number },
      package: { ...content, hash: status().packageHash },
    }),
    { kept: false },
  )
  const of = (lang: PageOf['lang']): PageOf => ({
    lang,
    settings,
    status: status(),
    package: content,
    view: voter.view(),
    spoken: (name, picked) => (settings.voice === 'off' || !spoken ? [] : spoken(settings.voice, name, picked)),
  })
  for (const candidate of content.candidates) {
    if (!candidate.photo) continue
    const bytes = Buffer.from(candidate.photo, 'base64')
    app.get(photoPath(candidate), (c) => {
      c.header('cache-control', 'no-store')
      return c.body(bytes, 200, { 'content-type': 'image/jpeg' })
    })
  }
  app.get('/', (c) => {
    const shown = of(c.get('lang'))
    const html = page(<SessionPage {...shown} />)
    // The language, like all settings, ends with the voter.
    if (shown.view.final) {
      c.header('set-cookie', 'lang=; path=/; max-age=0; samesite=strict; httponly')
      ended()
    }
    return c.html(html)
  })
  app.get('/settings', (c) => c.html(page(<SettingsPage {...of(c.get('lang'))} />)))
  app.post('/settings', async (c) => {
    settings = readSettings(settings, await formOf(c))
    return c.redirect('/', 303)
  })
  const act = (path: string, work: (form: Record<string, string>) => Promise<void>) =>
    app.post(path, async (c) => {
      await work(await formOf(c))
      return c.redirect('/', 303)
    })
  const pickOf = (text: string | undefined): Choice => (text === 'blank' ? 'blank' : Number(text))
  act('/voice', async () => {
    settings = nextVoice(settings)
  })
  act('/token', async ({ token = '' }) => {
    if (token.trim() === voiceKey) settings = nextVoice(settings)
    else await voter.take(token)
  })
  act('/choose', ({ pick }) => voter.choose(pickOf(pick)))
  act('/confirm', async ({ pick, answer }) => {
    if (answer === 'yes' || answer === 'no') await voter.confirm(answer === 'yes', pickOf(pick))
  })
  act('/decide', async (form) => {
    if (form.do === 'cast' || form.do === 'test') await voter.decide(form.do === 'cast')
  })
  act('/again', () => voter.again())
  act('/left', () => voter.left())
  act('/slip', async ({ slip }) => {
    if (slip === 'good' || slip === 'wrong') await voter.check(slip === 'good')
  })
  act('/retry', () => voter.retry())
  return app
}
