import type { View } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { Choices, ErrorSummary, Form, Page, Select, sentence, TextArea, TextField } from '#platform/ui/index.ts'
import { platformWords } from '#platform/words/index.ts'
import type { RoleName } from '../domain/office.ts'
import { words } from '../text/index.ts'
import { roleAt } from './parts.tsx'

type Returned = { problems?: Problems; refusal?: string }
type Back = { href: string; label: string }

/** The problem of a field as a sentence, for a form that came back. */
const problemIn = (view: View, problems: Problems | undefined) => (name: string) =>
  problems?.[name] && sentence(problems[name], view.lang, words(view.lang))

function Buttons({ view, label, back, danger }: { view: View; label: string; back: Back; danger?: boolean }) {
  return (
    <div class="actions">
      <button type="submit" class={danger ? 'danger' : undefined}>
        {label}
      </button>
      <a class="button quiet" href={back.href}>
        {platformWords(view.lang).back}
      </a>
    </div>
  )
}

/** In which language somebody without an account is written to. */
function LanguageField({
  view,
  value,
  problem,
}: {
  view: View
  value: string | undefined
  problem: string | undefined
}) {
  const w = words(view.lang)
  return (
    <Select
      name="lang"
      label={w.inviteLanguage}
      hint={w.inviteLanguageHint}
      value={value ?? 'id'}
      options={(['id', 'en'] as const).map((lang) => ({ value: lang, label: w[`language-${lang}`] }))}
      problem={problem}
    />
  )
}

/** One name to type: a new unit, or another name for one. */
export function UnitFormPage({
  view,
  action,
  renaming,
  back,
  name,
  problems,
  refusal,
}: Returned & { view: View; action: string; renaming: boolean; back: Back; name?: string | undefined }) {
  const w = words(view.lang)
  return (
    <Page view={view} title={renaming ? w.renameUnit : w.addUnit} trail={[back]}>
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={{ name: w.unitName }} />
      <Form action={action}>
        <TextField
          name="name"
          label={w.unitName}
          hint={w.unitNameHint}
          value={name}
          maxlength={200}
          problem={problemIn(view, problems)('name')}
        />
        <Buttons view={view} label={renaming ? w.save : w.addUnit} back={back} />
      </Form>
    </Page>
  )
}

/** Invite somebody to one of `roles`; a unit is asked for only where units are offered. */
export function InvitePage({
  view,
  action,
  back,
  roles,
  units,
  typed,
  problems,
  refusal,
}: Returned & {
  view: View
  action: string
  back: Back
  roles: readonly RoleName[]
  units: readonly { id: string; name: string }[]
  typed: { name?: string; email?: string; role?: string; unit?: string; lang?: string }
}) {
  const w = words(view.lang)
  const problem = problemIn(view, problems)
  return (
    <Page view={view} title={w.invite} trail={[back]} lead={w.inviteLead}>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{
          name: w.inviteName,
          email: w.inviteEmail,
          lang: w.inviteLanguage,
          role: w.inviteRole,
          unit: w.inviteUnit,
        }}
      />
      <Form action={action}>
        <Choices
          name="role"
          label={w.inviteRole}
          value={typed.role ?? roles[0]}
          options={roles.map((value) => ({ value, label: w[value] }))}
          problem={problem('role')}
        />
        {roles.includes('unit') && (
          <Select
            name="unit"
            label={w.inviteUnit}
            hint={w.inviteUnitHint}
            value={typed.unit}
            empty="—"
            options={units.map(({ id, name }) => ({ value: id, label: name }))}
            problem={problem('unit')}
          />
        )}
        <TextField
          name="name"
          label={w.inviteName}
          value={typed.name}
          maxlength={120}
          autocomplete="off"
          problem={problem('name')}
        />
        <TextField
          name="email"
          label={w.inviteEmail}
          hint={w.inviteEmailHint}
          type="email"
          value={typed.email}
          maxlength={200}
          autocomplete="off"
          problem={problem('email')}
        />
        <LanguageField view={view} value={typed.lang} problem={problem('lang')} />
        <Buttons view={view} label={w.sendInvitation} back={back} />
      </Form>
    </Page>
  )
}

export function EndRolePage({
  view,
  office,
  back,
  reason,
  problems,
  refusal,
}: Returned & {
  view: View
  office: { id: string; name: string; role: RoleName; agency_name: string | null; unit_name: string | null }
  back: Back
  reason?: string
}) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={`${w.endRole}: ${office.name}`}
      trail={[back]}
      lead={
        <>
          {roleAt(w, office)}. {w.endRoleLead}
        </>
      }
    >
      <ErrorSummary lang={view.lang} problems={problems} refusal={refusal} words={w} labels={{ reason: w.reason }} />
      <Form action={`/people/roles/${office.id}/end`}>
        <TextArea
          name="reason"
          label={w.reason}
          hint={w.endRoleHint}
          rows={3}
          value={reason}
          maxlength={500}
          problem={problemIn(view, problems)('reason')}
        />
        <Buttons view={view} label={w.endRole} back={back} danger />
      </Form>
    </Page>
  )
}

export function HandOverPage({
  view,
  agency,
  deputies,
  typed,
  problems,
  refusal,
}: Returned & {
  view: View
  agency: { id: string; name: string }
  deputies: readonly { person: string; name: string }[]
  typed: { to?: string; name?: string; email?: string; reason?: string; lang?: string }
}) {
  const w = words(view.lang)
  const problem = problemIn(view, problems)
  const back = { href: `/people/agencies/${agency.id}`, label: agency.name }
  return (
    <Page view={view} title={w.handOver} trail={[back]} lead={w.handOverLead}>
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{
          to: w.handOverTo,
          name: w.inviteName,
          email: w.inviteEmail,
          lang: w.inviteLanguage,
          reason: w.reason,
        }}
      />
      <Form action={`/people/agencies/${agency.id}/hand-over`}>
        <Choices
          name="to"
          label={w.handOverTo}
          value={typed.to ?? (deputies.length === 0 ? 'new' : undefined)}
          options={[
            ...deputies.map(({ person, name }) => ({ value: person, label: name, hint: w.deputy })),
            { value: 'new', label: w.handOverNew },
          ]}
          problem={problem('to')}
        />
        <TextField
          name="name"
          label={w.inviteName}
          hint={w.handOverNewHint}
          value={typed.name}
          maxlength={120}
          autocomplete="off"
          problem={problem('name')}
        />
        <TextField
          name="email"
          label={w.inviteEmail}
          hint={w.handOverNewHint}
          type="email"
          value={typed.email}
          maxlength={200}
          autocomplete="off"
          problem={problem('email')}
        />
        <LanguageField view={view} value={typed.lang} problem={problem('lang')} />
        <TextArea
          name="reason"
          label={w.reason}
          rows={3}
          value={typed.reason}
          maxlength={500}
          problem={problem('reason')}
        />
        <Buttons view={view} label={w.handOverButton} back={back} />
      </Form>
    </Page>
  )
}
