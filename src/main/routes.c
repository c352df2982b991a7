/* Everything the program answers to, its jobs and its life cycles: one line a noun.
 * To take a context away, delete its folder and its lines here. */
#include "app/audit_http.h"
#include "app/job.h"
#include "app/notice.h"
#include "app/rule_http.h"
#include "exchange/export.h"
#include "exchange/import.h"
#include "handling/appoint.h"
#include "insight/ledger.h"
#include "insight/open_work.h"
#include "insight/view.h"
#include "handling/handling.h"
#include "handling/handover.h"
#include "handling/reopen.h"
#include "handling/task.h"
#include "handling/visit.h"
#include "main/command.h"
#include "main/system.h"
#include "matter/acceptance.h"
#include "matter/add_party.h"
#include "matter/answer.h"
#include "matter/approval.h"
#include "matter/archive.h"
#include "matter/attachment.h"
#include "matter/compartment.h"
#include "matter/conclusion.h"
#include "matter/consent.h"
#include "matter/correct.h"
#include "matter/docket.h"
#include "matter/done.h"
#include "matter/double.h"
#include "matter/link.h"
#include "matter/matter_act.h"
#include "matter/matter_pin.h"
#include "matter/message.h"
#include "matter/pause.h"
#include "matter/receipt.h"
#include "matter/report.h"
#include "matter/seer.h"
#include "matter/spot.h"
#include "matter/stop.h"
#include "matter/supervision.h"
#include "matter/tie.h"
#include "matter/timeline.h"
#include "matter/urge.h"
#include "matter/void.h"
#include "matter/worklist.h"
#include "paper/paper_http.h"
#include "people/people.h"
#include "place/area.h"
#include "place/committee.h"
#include "place/competence.h"
#include "place/org.h"
#include "place/roster.h"

const struct job_kind all_jobs[] = {
    { "export", export_run },
    { "import", import_run },
};
const size_t all_jobs_n = COUNT(all_jobs);

const struct flow *const all_flows[] = { &matter_flow };
const size_t all_flows_n = COUNT(all_flows);

static const struct route_table *const nouns[] = {
    &system_table, &audit_table, &rule_table, &matter_table, &matter_pin_table,
    &acceptance_table, &approval_table, &report_table, &handover_table,
    &matter_act_table, &message_table, &timeline_table, &receipt_table,
    &paper_table,
    &pause_table, &consent_table, &urge_table, &supervision_table, &done_table,
    &attachment_table, &compartment_table, &handling_table, &task_table,
    &worklist_table, &docket_table,
    &export_table,
    &import_table, &statistics_table, &open_work_table, &ledger_table,
    &double_table, &link_table, &spot_table, &stop_table, &void_table, &correct_table,
    &add_party_table,
    &conclusion_table, &answer_table, &visit_table, &rating_table, &reopen_table, &appoint_table,
    &archive_table, &tie_table, &seer_table, &merge_table, &split_table,
    &signin_table, &own_table, &people_table, &colleague_table, &post_table, &token_table,
    &door_table,
    &outbox_table, &notice_table, &area_table, &org_table, &competence_table, &roster_table,
    &committee_table,
};

const struct route_table *routes_all(struct arena *a, size_t *n)
{
    struct route_table *v = arena_array(a, struct route_table, COUNT(nouns));
    for (size_t i = 0; i < COUNT(nouns); i++)
        v[i] = *nouns[i];
    *n = COUNT(nouns);
    return v;
}
