# Few verbs over meson and ninja; `make` alone tells them. All work is in tools/ and tests/.
.DEFAULT_GOAL := help
.PHONY: help setup build run test test-fuzz test-kill test-walk test-sanitize pictures test-bare bench try-real try-year fmt clean
MAKEFLAGS += --no-print-directory

help:     ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 18

setup:    ## check for every package again and install what is missing
	@tools/setup -f build test

build:    ## the program with its front end: build/src/main/fengqiao
	@tools/setup build
	@tools/build

run: build ## serve the demo city on http://127.0.0.1:8080 (PORT=, HOST=, DATA=)
	@tools/run

test:     ## everything that belongs to a normal run, under 20 minutes on two cores
	@tools/setup build test
	@tools/build
	@tests/run

test-fuzz: ## feed the parsers hostile input with clang's sanitizers (TIME=60 seconds each)
	@tools/setup build slow
	@tests/fuzz/run

test-walk: ## thousands of matters at random, on both engines (MATTERS=3000, SEED=1)
	@tools/setup build test
	@tools/build
	@build/tests/walk/walk_test $(or $(MATTERS),3000) $(or $(SEED),1) | grep -v "^ok"
	@tests/pg.sh build/tests/walk/walk_test $(or $(MATTERS),3000) $(or $(SEED),1) | grep -v "^ok"

pictures: ## set the reference pictures of the papers anew; look at them before committing
	@tools/setup build test
	@tools/build
	@ninja -C build tests/unit/matter/paper_picture_test >/dev/null
	@rm -f tests/unit/paper/pictures/*.png
	@PICTURES=renew build/tests/unit/matter/paper_picture_test | tail -n 1

test-sanitize: ## the stories and permissions under ASan+UBSan and TSan (KIND=address or thread)
	@tools/setup build test
	@tools/build
	@CC="$(CC)" tests/sanitize/run $(KIND)

test-kill: ## kill the server and cut the power under load, again and again (KILLS=20, LOSSES=5000, SEED=1)
	@tools/setup build test
	@tools/build
	@tests/kill/run $(or $(KILLS),20)
	@build/tests/vfs/power_test $(or $(LOSSES),5000) $(or $(SEED),1)

test-bare: ## make run and make test in a bare Debian 12 (as root; half an hour)
	@tools/setup slow
	@tests/bare/run

try-real: build ## real letters through the program: make try-real FILE=letters.tsv.gz
	@node tools/try_real.mjs "$(FILE)"
	@tests/pg.sh sh -c 'cd "$(CURDIR)" && node tools/try_real.mjs "$(FILE)" --database "$$FENGQIAO_TEST_URL"'

bench:    ## what requests cost on both engines, to 1,000,000 matters (QUICK=1: 10,000); FILE= a country's areas come in
	@tools/setup build test
	@tools/build
	@ninja -C build bench/bench bench/grow bench/ceiling >/dev/null
	@build/bench/bench build/src/main/fengqiao build/bench $(if $(QUICK),quick,full)
	@PG_OPTIONS="-c shared_buffers=1GB -c autovacuum_naptime=1" tests/pg.sh build/bench/bench build/src/main/fengqiao build/bench $(if $(QUICK),quick,full)
	@[ -z "$(FILE)" ] || tests/bench/areas $(FILE)

try-year: build ## a year of 30,000 matters, every cell of its forms counted twice, on both engines (YEAR=30000)
	@ninja -C build tests/unit/matter/insight_year_test >/dev/null
	@FENGQIAO_YEAR=$(or $(YEAR),30000) tools/tell build/tests/unit/matter/insight_year_test
	@FENGQIAO_YEAR=$(or $(YEAR),30000) tests/pg.sh tools/tell build/tests/unit/matter/insight_year_test

fmt:      ## trim blanks, mend what ESLint can, tell lines that are too long
	@tools/fmt

clean:    ## remove what was built (never data/)
	@rm -rf build build-* web/dist web/node_modules .setup
