import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'
import { admissions } from './admission.tsx'
import { answers } from './answer.tsx'
import { dashboards } from './dashboard.tsx'
import { duplicates } from './duplicate.tsx'
import { evidence } from './evidence.tsx'
import { invitations } from './invitation.tsx'
import { liveFigures } from './live-figure.tsx'
import { proposals } from './proposal.tsx'
import { receipts } from './receipt.tsx'
import { register } from './register.tsx'
import { resultLetters } from './result-letter.tsx'
import { rounds } from './round.tsx'
import { roundEditing } from './round-edit.tsx'
import { roundVersions } from './round-version.tsx'
import { submissions } from './submission.tsx'

/** The addresses of the room. `/competition/:round` catches the rest, so rounds come last. */
export const routes = new Hono<Env>()
routes.route('/', admissions)
routes.route('/', duplicates)
routes.route('/', dashboards)
routes.route('/', proposals)
routes.route('/', liveFigures)
routes.route('/', answers)
routes.route('/', evidence)
routes.route('/', submissions)
routes.route('/', receipts)
routes.route('/', resultLetters)
routes.route('/', register)
routes.route('/', roundEditing)
routes.route('/', invitations)
routes.route('/', roundVersions)
routes.route('/', rounds)
