import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'

export const proposals = new Hono<Env>()
