import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'
import { api } from '../api.ts'
import { routes as exports } from './export.ts'
import { routes as front } from './front.tsx'
import { routes as innovation } from './innovation.tsx'
import { routes as keeping } from './keeping.tsx'
import { routes as suggestion } from './suggestion.ts'

export const routes = new Hono<Env>()
routes.route('/', front)
routes.route('/', api)
routes.route('/', exports)
routes.route('/', keeping)
routes.route('/', suggestion)
routes.route('/', innovation)
