import type { View } from '#platform/http.ts'
import { fill, formatDate } from '#platform/text.ts'
import { ErrorSummary, Facts, Form, Notice, Select, sentence, TextField } from '#platform/ui/index.ts'
import type { Election } from '../../domain/election.ts'
import { changeReasons } from '../../domain/roll/change.ts'
import { wholeAddress } from '../../domain/roll/fixed.ts'
import { maritals } from '../../domain/roll/row.ts'
import { words } from '../../text/index.ts'
import { type Again, typedText } from '../parts.tsx'
import type { ChangeRow } from './overview.tsx'
import { count, RollPart, rollAt, tpsName } from './parts.tsx'
import type { PlaceOption, VoterShown } from './voters.tsx'

const fieldNames = [
  'nik',
  'nama',
  'lahir',
  'kelamin',
  'kawin',
  'alamat',
  'dusun',
  'rt',
  'rw',
  'tps',
  'reason',
  'note',
] as const

/** The fields of a voter, to add one or to correct one. */
function VoterFields({
  view,
  voter,
  places,
  typed,
  problems = {},
}: { view: View; voter?: VoterShown; places: readonly PlaceOption[] } & Again) {
  const w = words(view.lang)
  const known = {
    ...{ nik: '', nama: voter?.name, lahir: voter?.born?.split('-').reverse().join('-') },
    ...{ kelamin: voter?.sex, kawin: voter?.marital, alamat: voter?.address, dusun: voter?.hamlet },
    ...{ rt: voter?.rt, rw: voter?.rw, tps: voter?.tps, reason: '', note: '' },
  }
  const field = (name: (typeof fieldNames)[number]) => ({
    name,
    value: (typed ? typedText(typed, name) : known[name]) ?? '',
    problem: problems[name] && sentence(problems[name], view.lang, w),
  })
  return (
    <>
      <TextField
        {...field('nik')}
        label={w.nik}
        inputmode="numeric"
        maxlength={20}
        autocomplete="off"
        hint={voter && fill(w.nikKeep, { masked: voter.masked })}
      />
      <TextField {...field('nama')} label={w.voterName} maxlength={120} autocomplete="off" />
      <TextField {...field('lahir')} label={w.born} hint={w.bornHint} maxlength={10} autocomplete="off" />
      <Select
        {...field('kelamin')}
        label={w.sex}
        empty={w.unknownYet}
        options={(['L', 'P'] as const).map((value) => ({ value, label: w[`sex-${value}`] }))}
      />
      <Select
        {...field('kawin')}
        label={w.marital}
        empty={w.unknownYet}
        options={maritals.map((value) => ({ value, label: w[`marital-${value}`] }))}
      />
      <TextField {...field('alamat')} label={w.address} maxlength={200} autocomplete="off" />
      <TextField {...field('dusun')} label={w.hamlet} maxlength={60} autocomplete="off" />
      <TextField {...field('rt')} label={w.rt} maxlength={5} inputmode="numeric" autocomplete="off" />
      <TextField {...field('rw')} label={w.rw} maxlength={5} inputmode="numeric" autocomplete="off" />
      <Select
        {...field('tps')}
        label={w.tpsOne}
        empty="–"
        options={places.map(({ id, number }) => ({ value: id, label: tpsName(view, number) }))}
      />
      <Why view={view} value={field('reason').value} note={field('note').value} problem={field('reason').problem} />
    </>
  )
}

function Why({
  view,
  value,
  note,
  problem,
  id = 'reason',
}: {
  view: View
  value: string
  note: string
  problem?: string | undefined
  id?: string
}) {
  const w = words(view.lang)
  return (
    <>
      <Select
        name="reason"
        id={id}
        label={w.changeReason}
        empty="–"
        value={value}
        problem={problem}
        options={changeReasons.map((reason) => ({ value: reason, label: w[`reason-${reason}`] }))}
      />
      <TextField name="note" id={`${id}-note`} label={w.changeNote} value={note} maxlength={300} />
    </>
  )
}

const labelsOf = (w: ReturnType<typeof words>) => ({
  ...{ nik: w.nik, nama: w.voterName, lahir: w.born, kelamin: w.sex, kawin: w.marital, alamat: w.address },
  ...{ dusun: w.hamlet, rt: w.rt, rw: w.rw, tps: w.tpsOne, reason: w.changeReason, note: w.changeNote },
  ...{ 'strike-reason': w.changeReason, 'strike-note': w.changeNote },
})

/** Add a voter; once the roll is fixed, an additional one. */
export function AddVoterPage({
  view,
  election,
  places,
  later,
  ...again
}: { view: View; election: Election; places: readonly PlaceOption[]; later: boolean } & Again) {
  const w = words(view.lang)
  return (
    <RollPart view={view} election={election} title={w.voterAddHead}>
      {later && (
        <Notice tone="attention">
          <p>{w.voterAddLater}</p>
        </Notice>
      )}
      <ErrorSummary lang={view.lang} {...again} words={w} labels={labelsOf(w)} />
      <Form action={`${rollAt(election)}/add`} autocomplete="off">
        <VoterFields view={view} places={places} {...again} />
        <div class="actions">
          <button type="submit">{w.voterAdd}</button>
        </div>
      </Form>
    </RollPart>
  )
}

/** One voter: what is known, what was corrected, and the two ways to correct. */
export function VoterPage({
  view,
  election,
  voter,
  struck,
  open,
  places,
  changes,
  striking,
  ...again
}: {
  view: View
  election: Election
  voter: VoterShown
  struck: boolean
  open: boolean
  places: readonly PlaceOption[]
  changes: readonly ChangeRow[]
  /** What the form that strikes brought back. */
  striking?: Again['typed']
} & Again) {
  const w = words(view.lang)
  const at = `${rollAt(election)}/voters`
  const number = places.find(({ id }) => id === voter.tps)?.number
  return (
    <RollPart view={view} election={election} title={voter.name} trail={[{ href: at, label: w.votersAll }]}>
      {struck && (
        <Notice tone="attention">
          <p>{w.voterIsStruck}</p>
        </Notice>
      )}
      <ErrorSummary lang={view.lang} {...again} words={w} labels={labelsOf(w)} />
      <Facts
        facts={[
          [w.tpsOne, number ? tpsName(view, number) : w.rollUnplaced],
          [w.voterNo, voter.no === null ? '–' : count(view, voter.no)],
          [w.nik, <span class="tabular">{voter.masked}</span>],
          [w.born, voter.born ? formatDate(voter.born, view.lang) : w.unknownYet],
          [w.sex, voter.sex ? w[`sex-${voter.sex}`] : w.unknownYet],
          [w.marital, voter.marital ? w[`marital-${voter.marital}`] : w.unknownYet],
          [w.address, wholeAddress(voter)],
        ]}
      />
      {changes.length > 0 && (
        <ol class="history">
          {changes.map((change, at) => (
            <li key={at}>
              {w[`change-${change.kind}` as 'change-added']}: {w[`reason-${change.reason}` as 'reason-other']}
              {change.note && `, ${change.note}`}
              <time datetime={change.at.toISOString()}>
                {formatDate(change.at, view.lang, view.zone)} · {change.by}
              </time>
            </li>
          ))}
        </ol>
      )}
      {open && !struck && (
        <>
          <section>
            <h2>{w.voterCorrect}</h2>
            <Form action={`${at}/${voter.id}`} autocomplete="off">
              <VoterFields view={view} voter={voter} places={places} {...again} />
              <div class="actions">
                <button type="submit">{w.voterSave}</button>
              </div>
            </Form>
          </section>
          <section>
            <h2>{w.voterStrikeHead}</h2>
            <Form action={`${at}/${voter.id}/strike`}>
              <Why
                view={view}
                value={typedText(striking, 'reason')}
                note={typedText(striking, 'note')}
                problem={again.problems?.['strike-reason'] && sentence(again.problems['strike-reason'], view.lang, w)}
                id="strike-reason"
              />
              <div class="actions">
                <button type="submit" class="danger">
                  {w.voterStrike}
                </button>
              </div>
            </Form>
          </section>
        </>
      )}
    </RollPart>
  )
}
