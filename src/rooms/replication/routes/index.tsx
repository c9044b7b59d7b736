import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'
import { routes as adopting } from './adopting.tsx'
import { routes as front } from './front.tsx'
import { routes as hub } from './hub.tsx'
import { routes as innovation } from './innovation.tsx'
import { routes as overview } from './overview.tsx'
import { routes as paper } from './paper.tsx'
import { routes as process } from './process.tsx'
import { routes as publishing } from './publishing.tsx'
import { routes as question } from './question.tsx'
import { routes as survey } from './survey.tsx'

export const routes = new Hono<Env>()
routes.route('/', front)
routes.route('/', innovation)
routes.route('/', publishing)
routes.route('/', adopting)
routes.route('/', paper)
routes.route('/', process)
routes.route('/', question)
routes.route('/', overview)
routes.route('/', hub)
routes.route('/', survey)
