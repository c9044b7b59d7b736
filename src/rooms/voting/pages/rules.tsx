import type { View } from '#platform/http.ts'
import { fill, formatNumber } from '#platform/text.ts'
import { ErrorSummary, Form, Page, Select, State, sentence, Table, TextField, type Tone } from '#platform/ui/index.ts'
import type { Election } from '../domain/election.ts'
import {
  cutOffs,
  type Profile,
  type RuleName,
  type Rules,
  settable,
  singleRules,
  tieSteps,
  typedRule,
} from '../domain/profile.ts'
import { words } from '../text/index.ts'
import { type Again, PracticeNotice, typedText, withinTrail } from './parts.tsx'

const tones: Record<Rules['opens']['standing'], Tone> = {
  reported: 'calm',
  inferred: 'attention',
  setting: 'attention',
  local: 'good',
}

/** A rule as people read it. */
export function ruleText(view: View, rules: Rules, name: RuleName): string {
  const w = words(view.lang)
  const number = (n: number) => formatNumber(n, view.lang)
  switch (name) {
    case 'quorum': {
      const share = rules.quorum.value
      return share ? w.quorumOf.replace('{share}', `${share[0]}/${share[1]}`) : w.noQuorum
    }
    case 'extensions':
    case 'registration':
      return rules[name].value.map(number).join(' + ') || w.none
    case 'tie':
      return rules.tie.value.map((step, at) => `${at + 1}. ${w[`tie-${step}`]}`).join('; ') || w.none
    case 'single':
      return w[`single-${rules.single.value}`]
    case 'cutOff':
      return w[`cutOff-${rules.cutOff.value}`]
    case 'copies':
      return rules.copies.value.join(', ')
    case 'forms':
      return Object.values(rules.forms.value).join(', ')
    case 'audit': {
      const { required, risk, below } = rules.audit.value
      return fill(w[`audit-${required}`], { risk: number(risk), below: number(below) })
    }
    case 'opens':
    case 'closes':
      return rules[name].value.replace(':', view.lang === 'id' ? '.' : ':')
    default:
      return number(rules[name].value)
  }
}

/** Every rule that holds for an election, with how it is known. For everybody. */
export function RulesPage({
  view,
  election,
  profile,
  changes,
  typed,
  problems = {},
  refusal,
}: { view: View; election: Election; profile: Profile /** May set rules now. */; changes: boolean } & Again) {
  const w = words(view.lang)
  const names = Object.keys(profile.rules) as RuleName[]
  const choices = {
    cutOff: cutOffs.map((value) => ({ value, label: w[`cutOff-${value}`] })),
    single: singleRules.map((value) => ({ value, label: w[`single-${value}`] })),
  }
  const ladder = `${w.tieHint} ${tieSteps.map((step, at) => `${at + 1} ${w[`tie-${step}`]}`).join('; ')}.`
  return (
    <Page view={view} title={w.rulesTitle} lead={w.rulesLead} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <ErrorSummary
        lang={view.lang}
        problems={problems}
        refusal={refusal}
        words={w}
        labels={{ ground: w.ruleGround }}
      />
      <p>
        {w.waveProfile}: {profile.name}. {profile.note[view.lang]}
      </p>
      <Table
        caption={w.rulesTitle}
        hideCaption
        rows={names}
        columns={[
          { head: w.rule, main: true, cell: (name) => w[`rule-${name}`] },
          {
            head: w.ruleValue,
            // The names of papers and of those who get a copy are as the regency has them.
            cell: (name) => {
              const text = ruleText(view, profile.rules, name)
              return name === 'forms' || name === 'copies' ? <span lang="id">{text}</span> : text
            },
          },
          {
            head: w.ruleStanding,
            cell: (name) => {
              const { standing, source } = profile.rules[name]
              return (
                <>
                  <State tone={tones[standing]}>{w[`standing-${standing}`]}</State>
                  <div class="small soft" lang="id">
                    {source}
                  </div>
                </>
              )
            },
          },
        ]}
      />
      {changes && (
        <details open={typed !== undefined}>
          <summary>{w.rulesChange}</summary>
          <Form action={`/voting/elections/${election.id}/rules`}>
            <p class="hint">{w.rulesChangeHint}</p>
            {settable.map((name) => {
              const value = typed ? typedText(typed, name) : typedRule(profile.rules, name)
              const shared = { name, label: w[`rule-${name}`], value }
              if (name === 'cutOff' || name === 'single')
                return <Select key={name} {...shared} options={choices[name]} />
              return <TextField key={name} {...shared} {...(name === 'tie' && { hint: ladder })} />
            })}
            <TextField
              name="ground"
              label={w.ruleGround}
              hint={w.ruleGroundHint}
              value={typedText(typed, 'ground')}
              problem={problems.ground && sentence(problems.ground, view.lang, w)}
            />
            <div class="actions">
              <button type="submit">{w.rulesSave}</button>
            </div>
          </Form>
        </details>
      )}
    </Page>
  )
}
