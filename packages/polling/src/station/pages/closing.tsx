import { type Law, shortHash } from '../../format/index.ts'
import {
  Button,
  deviceName,
  ErrorSummary,
  fill,
  type Lang,
  Notice,
  type Problems,
  Screen,
  type ScreenStatus,
  sayNumber,
  TextArea,
  TextField,
} from '../../screen/index.ts'
import type { Kept } from '../boxes.ts'
import type { Joined } from '../state.ts'
import { type ByHand, handCounts } from '../station.ts'
import { stationWords } from '../words/index.ts'

type Shared = { lang: Lang; path: string; status: ScreenStatus; refusal?: string | undefined }

export function BoxPage({
  booths,
  stick,
  note,
  ...shared
}: Shared & { booths: readonly Joined[]; stick: boolean; note?: string | undefined }) {
  const { lang } = shared
  const words = stationWords(lang).boxes
  return (
    <Screen {...shared} title={words.title} lead={words.lead}>
      <ErrorSummary lang={lang} refusal={shared.refusal} />
      {note && (
        <Notice kind="good">
          <p>{note}</p>
        </Notice>
      )}
      {booths.map(({ device, number, complete }) => {
        // The station's own number is not shown before: it would be copied instead of read from the booth.
        const name = deviceName(lang, { as: 'booth', number })
        return (
          <section key={device} aria-label={name}>
            <h2>{name}</h2>
            {complete ? (
              <p class="state good">
                {words.complete}: {sayNumber(lang, complete.cast)}
              </p>
            ) : (
              <form method="post" action={`/boxes/${device}`}>
                <p class="soft">{words.notYet}</p>
                <TextField name={`cast-${device}`} inputmode="numeric" label={fill(words.typed, { name })} />
                <button type="submit" class="main">
                  {fill(words.check, { name })}
                </button>
              </form>
            )}
            {stick && <Button action={`/boxes/${device}/import`} label={words.import} kind="quiet" />}
          </section>
        )
      })}
      {stick && <p class="hint">{words.importHint}</p>}
    </Screen>
  )
}

export function Sessions({ list, closed, ...shared }: Shared & { list: readonly Kept[]; closed: boolean }) {
  const words = stationWords(shared.lang).sessions
  return (
    <Screen {...shared} title={words.title} lead={words.lead}>
      <ErrorSummary lang={shared.lang} refusal={shared.refusal} />
      {!closed && <p class="soft">{words.later}</p>}
      {closed && list.length === 0 && <p class="state good">{words.none}</p>}
      {list.map(({ device, slot }) => (
        <section key={slot.id} aria-label={slot.id}>
          <h2>
            {device} · <span class="hash">{slot.id.slice(0, 8)}</span>
          </h2>
          <p>
            {slot.state === 'open' ? words.open : words.pending} · {words.slip[slot.slip]}
          </p>
          {slot.state === 'pending' && slot.slip === 'printed' && (
            <Button action={`/sessions/${slot.id}/cast`} label={words.cast} kind="quiet" />
          )}
          <Button action={`/sessions/${slot.id}/void`} label={words.void} kind="grave" />
        </section>
      ))}
    </Screen>
  )
}

export function ByHandPage({
  values,
  problems = {},
  ...shared
}: Shared & { values: Partial<Record<keyof ByHand, string | number>>; problems?: Problems }) {
  const words = stationWords(shared.lang).byHand
  return (
    <Screen {...shared} title={words.title} lead={words.lead}>
      <ErrorSummary lang={shared.lang} problems={problems} refusal={shared.refusal} />
      <form method="post" action="/by-hand">
        {handCounts.map((name) => (
          <TextField
            key={name}
            name={name}
            inputmode="numeric"
            label={words[name]}
            value={values[name]}
            problem={problems[name]}
          />
        ))}
        <button type="submit" class="main">
          {words.save}
        </button>
      </form>
    </Screen>
  )
}

export function Sheet({
  laws,
  known,
  signed,
  changed,
  ...shared
}: Shared & {
  laws: readonly (Law & { readonly note?: string })[]
  /** What the station itself knows of ballots that do not count. */
  known: readonly string[]
  signed: boolean
  /** It was signed, and something has come in since. */
  changed: boolean
}) {
  const { lang } = shared
  const words = stationWords(lang).sheet
  const open = laws.filter(({ holds, note }) => !holds && note === undefined)
  return (
    <Screen {...shared} title={words.title} lead={words.lead}>
      <ErrorSummary lang={lang} refusal={shared.refusal} />
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>{words.law}</th>
              <th class="number">{words.left}</th>
              <th class="number">{words.right}</th>
              <th>{words.holds}</th>
            </tr>
          </thead>
          <tbody>
            {laws.map(({ law, left, right, holds, note }) => (
              <tr key={law}>
                <td>{words.laws[law]}</td>
                <td class="number">{sayNumber(lang, left)}</td>
                <td class="number">{sayNumber(lang, right)}</td>
                <td>
                  {holds ? (
                    <span class="state good">{words.holds}</span>
                  ) : note === undefined ? (
                    <span class="state bad">{words.broken}</span>
                  ) : (
                    <span class="state care">
                      {words.explained}: {note}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {known.length > 0 && (
        <Notice kind="care">
          <ul>
            {known.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Notice>
      )}
      {signed && <Notice kind="good" title={words.signed} />}
      {changed && (
        <Notice kind="bad">
          <p>{stationWords(lang).refusals['sheet-old']}</p>
          <a class="button quiet" href="/boxes">
            {stationWords(lang).menu.boxes}
          </a>
        </Notice>
      )}
      {!signed &&
        open.map(({ law }) => (
          <form method="post" action={`/sheet/explain/${law}`} key={law}>
            <TextArea name={`note-${law}`} label={`${words.note}: ${words.laws[law]}`} rows={3} />
            <button type="submit" class="quiet">
              {words.explain}
            </button>
          </form>
        ))}
      {!signed && open.length === 0 && <Button action="/sheet/sign" label={words.sign} />}
    </Screen>
  )
}

export function TallyPage({
  tally,
  ...shared
}: Shared & { tally: { readonly hash: string; readonly ballots: number; readonly refused: number } }) {
  const { lang } = shared
  const words = stationWords(lang).tally
  return (
    <Screen {...shared} title={words.title} lead={words.lead}>
      <ErrorSummary lang={lang} refusal={shared.refusal} />
      <dl class="facts">
        <dt>{words.ballots}</dt>
        <dd class="number">{sayNumber(lang, tally.ballots)}</dd>
        <dt>{words.refused}</dt>
        <dd class="number">{sayNumber(lang, tally.refused)}</dd>
        <dt>{words.hash}</dt>
        <dd class="hash big-hash">{shortHash(tally.hash)}</dd>
      </dl>
      <Button action="/tally" label={words.announce} />
    </Screen>
  )
}

export type Holder = { readonly owner: number; readonly name: string; readonly outside?: true; readonly given: boolean }

export function CardsPage({
  holders,
  missing,
  inserted,
  problem,
  ...shared
}: Shared & {
  holders: readonly Holder[]
  missing: readonly { readonly needed: number; readonly from: readonly number[] }[]
  inserted?: string | undefined
  problem?: string | undefined
}) {
  const { lang } = shared
  const words = stationWords(lang).cards
  const nameOf = (owner: number) => holders.find((each) => each.owner === owner)?.name ?? `${owner}`
  return (
    <Screen {...shared} title={words.title} lead={words.lead}>
      <ErrorSummary lang={lang} refusal={shared.refusal} problems={problem ? { pin: problem } : {}} />
      <ul class="plain">
        {holders.map(({ owner, name, outside, given }) => (
          <li key={owner} class={`state ${given ? 'good' : 'care'}`}>
            {name}
            {outside ? ` (${words.outside})` : ''}: {given ? words.given : words.waiting}
          </li>
        ))}
      </ul>
      {missing.length === 0 ? (
        <Notice kind="good">
          <p>{words.enough}</p>
          <a class="button main" href="/result">
            {stationWords(lang).steps.result}
          </a>
        </Notice>
      ) : (
        missing.map(({ needed, from }) => (
          <p key={from.join()}>
            {fill(words.missing, { n: needed, names: new Intl.ListFormat(lang).format(from.map(nameOf)) })}
          </p>
        ))
      )}
      <form method="post" action="/cards">
        <TextField
          name="pin"
          type="password"
          inputmode="numeric"
          label={`PIN${inserted ? ` (${inserted})` : ''}`}
          hint={words.takes}
          maxlength={12}
          problem={problem}
        />
        <button type="submit" class="main">
          {words.open}
        </button>
      </form>
      <h2>{words.outside}</h2>
      <p>
        <a class="button quiet" href="/cards/order.json" download>
          {words.order}
        </a>
      </p>
      <form method="post" action="/cards/answer" enctype="multipart/form-data">
        <TextField name="answer" type="file" label={words.answer} accept="application/json,.json" />
        <button type="submit" class="quiet">
          {words.take}
        </button>
      </form>
      <p>
        <a href="/result/slips">{words.lost}</a>
      </p>
    </Screen>
  )
}
