import {
  ErrorSummary,
  fill,
  formOf,
  type Lang,
  openScreen,
  page,
  Screen,
  type ScreenStatus,
  sayRoles,
  TextField,
} from '../screen/index.ts'
import { practicePin } from './cards.ts'
import type { PracticeDevice, Table } from './table.ts'
import { practiceWords } from './words.ts'

const deviceLabel = (lang: Lang, { as, name }: Pick<PracticeDevice, 'as' | 'name'>) =>
  `${practiceWords(lang).devices[as]}${as === 'station' ? '' : ` ${name.split('-')[1]}`}`

/** The page of the practice table. Works without JavaScript; every act leads back to where it was. */
export function practiceApp(table: Table, devices: readonly PracticeDevice[]) {
  const { mode, tps, election } = table.made.package
  const status = (): ScreenStatus => ({
    device: { as: 'station' },
    package: { mode, tps, election, hash: table.made.hash },
  })
  const app = openScreen(status)
  const show = (lang: Lang, more: { token?: string; problem?: string; value?: string } = {}) =>
    page(<TablePage lang={lang} table={table} devices={devices} status={status()} {...more} />)

  app.get('/', (c) => c.html(show(c.get('lang'))))
  app.post('/reader/:device', async (c) => {
    const { card = '' } = await formOf(c)
    const device = c.req.param('device')
    const known = table.people.some(({ id }) => id === card)
    if (!table.readers.includes(device) || (card !== '' && !known)) return c.notFound()
    table.insert(device, card || undefined)
    return c.redirect('/#kartu', 303)
  })
  app.post('/ektp', async (c) => {
    const { voter = '', broken, act } = await formOf(c)
    const lang = c.get('lang')
    const count = table.made.niks.length
    if (act === 'take') table.layCard(undefined, false)
    else if (!/^\d{1,5}$/.test(voter) || Number(voter) < 1 || Number(voter) > count)
      return c.html(show(lang, { value: voter, problem: fill(practiceWords(lang).noVoter, { count }) }), 422)
    else table.layCard(Number(voter), broken === 'yes')
    return c.redirect('/#ektp', 303)
  })
  app.post('/token', (c) => {
    const token = table.drawToken()
    return c.html(show(c.get('lang'), token ? { token } : {}), token ? 200 : 409)
  })
  return app
}

function TablePage({
  lang,
  table,
  devices,
  status,
  token,
  problem,
  value,
}: {
  lang: Lang
  table: Table
  devices: readonly PracticeDevice[]
  status: ScreenStatus
  token?: string
  problem?: string
  value?: string
}) {
  const words = practiceWords(lang)
  const laid = table.onReader()
  const papers = table.papers()
  return (
    <Screen lang={lang} path="/" status={status} title={words.title} lead={words.lead}>
      <h2>{words.screens}</h2>
      <ul>
        {devices.map((device) => (
          <li key={device.name}>
            {deviceLabel(lang, device)}:{' '}
            {device.screens.map((address, i) => (
              <>
                {i > 0 && ' · '}
                <a href={address}>{i === 0 ? words.officers : words.voters}</a>
              </>
            ))}
          </li>
        ))}
      </ul>
      <h2>{words.steps}</h2>
      <ol>
        {words.step.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ol>
      <h2 id="kartu">{words.cards}</h2>
      <p>
        {words.cardsLead} <strong>{practicePin}</strong>
      </p>
      {devices.map((device) => {
        const inside = table.inReader(device.name)
        return (
          <form method="post" action={`/reader/${device.name}`} key={device.name}>
            <div class="field">
              <label for={`card-${device.name}`}>
                {words.reader}: {deviceLabel(lang, device)}
              </label>
              <select id={`card-${device.name}`} name="card">
                <option value="" selected={!inside}>
                  {words.empty}
                </option>
                {table.people.map(({ id, name, role }) => (
                  <option value={id} selected={inside === id} key={id}>
                    {`${name} (${sayRoles(lang, [role])}${table.trustees.includes(id) ? `, ${words.trustee}` : ''})`}
                  </option>
                ))}
              </select>
            </div>
            <button type="submit" class="quiet">
              {words.insert}
            </button>
          </form>
        )
      })}
      <h2 id="ektp">{words.ektp}</h2>
      {laid !== undefined && (
        <p>
          {words.laid} <strong>{laid}</strong>
        </p>
      )}
      <form method="post" action="/ektp">
        {problem && <ErrorSummary lang={lang} problems={{ voter: problem }} />}
        <TextField name="voter" label={words.voter} inputmode="numeric" value={value ?? laid} problem={problem} />
        <label class="choice">
          <input type="checkbox" name="broken" value="yes" />
          <span>{words.broken}</span>
        </label>
        <button type="submit" class="main" name="act" value="lay">
          {words.lay}
        </button>{' '}
        <button type="submit" name="act" value="take" class="quiet">
          {words.take}
        </button>
      </form>
      <h2 id="token">{words.tokens}</h2>
      <p>
        {words.left} {table.tokensLeft()}
      </p>
      {token && (
        <p role="status">
          {words.drawn} <strong>{token}</strong>
        </p>
      )}
      {table.tokensLeft() === 0 && <p>{words.none}</p>}
      <form method="post" action="/token">
        <button type="submit" class="main">
          {words.draw}
        </button>
      </form>
      <h2 id="kertas">{words.papers}</h2>
      {papers.length === 0 && <p>{words.noPapers}</p>}
      {papers.map(({ device, file, text }) => (
        <details key={`${device}/${file}`}>
          <summary>{`${device}: ${file.replace(/-\d+.*/, '')}`}</summary>
          <pre>{text}</pre>
        </details>
      ))}
    </Screen>
  )
}
