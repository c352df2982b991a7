/* report.h - what goes up and what cannot wait: a leader's note 领导批示, a report
 * upward 上报, danger reported to the police 报警处置 (人民调解法 25). */
#ifndef MATTER_REPORT_H
#define MATTER_REPORT_H
#include "matter/matter.h"

extern const struct route_table report_table;
#endif
