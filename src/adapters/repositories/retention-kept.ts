import { sql } from "kysely";
import { type IsoDate, localDay } from "../../model/time.ts";
import type { Kept, RetentionClass } from "../../retention/find-expired.ts";
import type { Executor } from "./executor.ts";

interface KeptRow {
  readonly id: string;
  readonly ended_at: string | Date | null;
  readonly is_held: boolean;
}

/**
 * When nothing more was to be done about a registration: exported, cancelled, or approved on a route that has no export.
 * Null while it waits for a person or for its export.
 */
const REGISTRATION_END = `
  case
    when r.state = 'CANCELLED' then r.updated_at
    when r.state = 'EXPORTED' then coalesce(
      (select max(b.published_at) from export_records e join export_batches b on b.id = e.batch_id where e.registration_id = r.id),
      r.updated_at)
    when r.state = 'APPROVED' and r.route <> 'groupInfo' then r.approved_at
  end`;

const IS_HELD = "exists (select 1 from holds h where h.registration_id = r.id and h.released_at is null)";

/** A submission ends when the last of its registrations does; a duplicate is held with the submission that it repeats. */
const submissions = (columns: string): string => `
  select s.id::text as id,
    case
      when s.state not in ('done', 'duplicate') then null
      when count(r.id) filter (where r.submission_id = s.id) = 0 then s.updated_at
      when bool_or(r.submission_id = s.id and ${REGISTRATION_END} is null) then null
      else max(${REGISTRATION_END}) filter (where r.submission_id = s.id)
    end as ended_at,
    coalesce(bool_or(${IS_HELD}), false) as is_held
  from submissions s left join registrations r on r.submission_id in (s.id, s.duplicate_of)
  where s.state <> 'quarantined' and ${columns}
  group by s.id`;

const HAS_FILES = "exists (select 1 from submission_files f where f.submission_id = s.id)";

/** A scan that holds signed rosters and no form: it is destroyed with the rosters, not with the forms. */
const IS_ROSTER_SCAN = `(exists (select 1 from roster_scans c where c.submission_id = s.id and c.session_id is not null)
  and not exists (select 1 from registrations o where o.submission_id = s.id))`;

/** One statement a class: id, end and hold of everything that the class still keeps. */
const STATEMENTS: Readonly<Record<RetentionClass, string>> = {
  originals: submissions(`${HAS_FILES} and not ${IS_ROSTER_SCAN}`),
  pictures: submissions("s.state = 'done' and s.pictures_removed_at is null"),
  extracted: submissions("s.state = 'done' and s.emptied_at is null"),
  quarantine: `
    select s.id::text as id, s.updated_at as ended_at, false as is_held
    from submissions s where s.state = 'quarantined' and (${HAS_FILES} or s.emptied_at is null)
    union all
    select m.id::text, case when m.state in ('ended', 'refused') then m.updated_at end, false
    from mail_messages m where m.submission_id is null`,
  papers: `
    select d.relative_path as id, greatest(${REGISTRATION_END}, d.updated_at) as ended_at, ${IS_HELD} as is_held,
      ${REGISTRATION_END} is null as is_open
    from documents d join registrations r on r.id = d.registration_id`,
  rosters: `
    select s.id::text as id, max(n.date)::timestamptz as ended_at, false as is_held
    from submissions s join roster_scans c on c.submission_id = s.id join sessions n on n.id = c.session_id
    where s.state = 'done' and ${HAS_FILES} and ${IS_ROSTER_SCAN} group by s.id
    union all
    select d.relative_path as id, s.date::timestamptz as ended_at,
      exists (select 1 from bookings k join holds h on h.registration_id = k.registration_id
        where k.session_id = s.id and h.released_at is null) as is_held
    from documents d join sessions s on s.id = d.session_id where d.registration_id is null`,
  importFiles: `
    select b.id::text as id, b.published_at as ended_at,
      exists (select 1 from export_records e join holds h on h.registration_id = e.registration_id
        where e.batch_id = b.id and h.released_at is null) as is_held
    from export_batches b where b.state = 'published' and b.files_removed_at is null`,
  log: `
    select a.id::text as id, a.at as ended_at,
      exists (select 1 from holds h where h.registration_id = a.registration_id and h.released_at is null) as is_held
    from audit_log a`,
};

function toKept(name: RetentionClass, row: KeptRow & { readonly is_open?: boolean }): Kept {
  const isOpen = row.ended_at === null || row.is_open === true;
  return { class: name, id: row.id, endedOn: isOpen || row.ended_at === null ? null : dayOf(row.ended_at), isHeld: row.is_held };
}

const dayOf = (at: string | Date): IsoDate => localDay(new Date(at));

/** Lists everything that a class still keeps. */
export async function listKept(executor: Executor): Promise<Kept[]> {
  const kept: Kept[] = [];
  for (const [name, statement] of Object.entries(STATEMENTS) as [RetentionClass, string][]) {
    const { rows } = await sql.raw<KeptRow>(statement).execute(executor);
    kept.push(...rows.map((row) => toKept(name, row)));
  }
  return kept;
}
