import type { View } from '#platform/http.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { Form, Notice, Select, TextArea, TextField } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import { invitedGroups, type Proposed } from '../domain/invitation.ts'
import type { Round } from '../domain/running-round.ts'
import { words } from '../text/index.ts'
import { roundPath } from './round-parts.tsx'

export type Search = {
  asked: string
  agencies: readonly { id: string; code: string; name: string }[]
  innovations: readonly { innovation: string; name: string; agencyName: string; year: number | null }[]
}
export type TypedGuests = { group: string; pasted: string; agencies: readonly string[]; innovations: readonly string[] }
export type WrongLine = { line: number; text: string; code: string }

export type Steered = {
  search: Search
  /** What the awards of the register suggest, by group. */
  proposed: ReadonlyMap<string, readonly Proposed[]>
  typed: TypedGuests
  wrong: readonly WrongLine[]
  /** The withdrawal that came back, with its reason. */
  withdrawal?: { id: string; reason: string; problem: string | undefined } | undefined
}

export function InviteForms({ view, round, steered }: { view: View; round: Round; steered: Steered }) {
  const { lang } = view
  const w = words(lang)
  const { search, proposed, typed, wrong } = steered
  const action = `${roundPath(round.id)}/invitations`
  const groups = invitedGroups(round.rules)
  const found = search.agencies.length + search.innovations.length
  const group = <GroupField groups={groups} lang={lang} value={typed.group} />
  return (
    <section>
      <h2 id="invite">{w.inviteTitle}</h2>
      <p>{w.inviteWhat}</p>
      <search>
        <form method="get" action={`${action}#invite`} class="search-line">
          <TextField name="q" label={w.inviteSearch} type="search" value={search.asked} />
          <button type="submit" class="quiet">
            {platformWords(lang).search}
          </button>
        </form>
      </search>
      {search.asked !== '' && found === 0 && <p class="empty">{w.inviteFoundNone}</p>}
      {found > 0 && (
        <Form action={`${action}?${new URLSearchParams({ q: search.asked })}`}>
          {group}
          <fieldset class="field">
            <legend>{w.inviteFound}</legend>
            {search.agencies.map(({ id, code, name }) => (
              <Pick key={id} name="agencies[]" value={id} checked={typed.agencies.includes(id)} hint={code}>
                {`${name} (${w.guestAny})`}
              </Pick>
            ))}
            {search.innovations.map(({ innovation, name, agencyName, year }) => (
              <Pick
                key={innovation}
                name="innovations[]"
                value={innovation}
                checked={typed.innovations.includes(innovation)}
                hint={[agencyName, year].filter(Boolean).join(', ')}
              >
                {name}
              </Pick>
            ))}
          </fieldset>
          <button type="submit">{w.invitePicked}</button>
        </Form>
      )}
      <h3>{w.invitePaste}</h3>
      <Form action={action}>
        {wrong.length > 0 && (
          <Notice tone="bad">
            <p>{w.linesWrong}</p>
            <ul>
              {wrong.map(({ line, text, code }) => (
                <li key={line}>{fill((w as Record<string, string>)[code] ?? code, { line, text })}</li>
              ))}
            </ul>
          </Notice>
        )}
        {group}
        <TextArea
          name="pasted"
          label={w.inviteLines}
          hint={w.inviteLinesHint}
          value={typed.pasted}
          problem={wrong.length > 0 ? w.linesWrong : undefined}
        />
        <button type="submit">{w.invitePasted}</button>
      </Form>
      {groups.map(({ key, label }) => {
        const list = proposed.get(key) ?? []
        if (list.length === 0) return null
        return (
          <section key={key}>
            <h3>{fill(w.inviteProposed, { group: label[lang] })}</h3>
            <p class="hint">{w.inviteProposedWhy}</p>
            <details>
              <summary>{fill(w.inviteProposedN, { n: formatNumber(list.length, lang) })}</summary>
              <Form action={action}>
                <input type="hidden" name="group" value={key} />
                <fieldset class="field">
                  <legend class="unseen">{fill(w.inviteProposed, { group: label[lang] })}</legend>
                  {list.map(({ innovation, name, agencyName, awards }) => (
                    <Pick
                      key={innovation}
                      name="innovations[]"
                      value={innovation}
                      checked={typed.innovations.includes(innovation)}
                      hint={`${agencyName} · ${awards.map(({ level, year }) => `${w[`award-${level}`]} ${year}`).join(', ')}`}
                    >
                      {name}
                    </Pick>
                  ))}
                </fieldset>
                <button type="submit">{w.invitePicked}</button>
              </Form>
            </details>
          </section>
        )
      })}
    </section>
  )
}

function GroupField({
  groups,
  lang,
  value,
}: {
  groups: ReturnType<typeof invitedGroups>
  lang: View['lang']
  value: string
}) {
  if (groups.length === 1) return <input type="hidden" name="group" value={groups[0]!.key} />
  return (
    <Select
      name="group"
      label={words(lang).guestGroup}
      value={value}
      options={groups.map(({ key, label }) => ({ value: key, label: label[lang] }))}
    />
  )
}

function Pick({
  name,
  value,
  checked,
  hint,
  children,
}: {
  name: string
  value: string
  checked: boolean
  hint: string
  children: string
}) {
  return (
    <label class="choice">
      <input type="checkbox" name={name} value={value} checked={checked} />
      <span>
        {children} <span class="hint">{hint}</span>
      </span>
    </label>
  )
}
