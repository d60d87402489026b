# Two commands matter to a newcomer: `make demo` and `make test`. Each installs what it lacks,
# finishes by itself, and can be run again.

PREFIX ?= /usr/local

.PHONY: demo serve test check check-arm64 bench bench-server parity evaluate-starter faults fuzz \
	install clean help

help:
	@echo "make demo              build, index the samples, run six searches"
	@echo "make serve             open the web page on the samples"
	@echo "make test              build and run every test"
	@echo "make bench             measure Mekiki beside its peers (uses .venv-bench, .build-bench)"
	@echo "                       ONLY=part for one part, QUICK=1 to try it"
	@echo "make bench-server      measure the server under load (uses .venv-web)"
	@echo "make faults            full disks, damaged and read-only libraries, 230 kills (minutes)"
	@echo "make check             formatting, layering, and a build without warnings"
	@echo "make check-arm64       compile the kernels for 64-bit Arm"
	@echo "make parity            compare with transformers, open_clip, timm (in .venv; 4.4 GB of weights)"
	@echo "make evaluate-starter  measure the starter model on held-out scenes (uses .venv)"
	@echo "make fuzz              mutated files for the readers, MINUTES=10 each (TARGET=…, SEED=…)"
	@echo "make install PREFIX=…  install the command, its model and its completions"
	@echo "make clean             remove what was built"

demo:
	@Scripts/install-dependencies.sh
	@swift build -c release --product mekiki
	@Scripts/demo.sh

serve:
	@Scripts/install-dependencies.sh
	@swift build -c release --product mekiki
	@Scripts/serve.sh

test:
	@Scripts/install-dependencies.sh tests
	@Scripts/test.sh
	@MEKIKI_PROGRAM="$$PWD/.build-test/release/mekiki" Scripts/web-test.sh

check:
	@Scripts/install-dependencies.sh
	@Scripts/check.sh

check-arm64:
	@Scripts/check-arm64.sh

faults:
	@Scripts/install-dependencies.sh
	@swift build -c release --product mekiki
	@Scripts/faults.sh

parity:
	@Scripts/install-dependencies.sh
	@Scripts/parity.sh

bench:
	@Scripts/install-dependencies.sh
	@QUICK="$(QUICK)" Scripts/bench.sh "$(ONLY)"

bench-server:
	@Scripts/install-dependencies.sh
	@swift build -c release --product mekiki
	@Scripts/web-test-environment.sh
	@.venv-web/bin/python Benchmarks/server/load.py --folder .build/load --out Benchmarks/server/RESULTS.md

evaluate-starter:
	@Scripts/python-environment.sh
	@.venv/bin/python Training/starter/heldout/evaluate.py --model Models/starter

fuzz:
	@Scripts/install-dependencies.sh
	@Scripts/fuzz.sh

install:
	@Scripts/install-dependencies.sh
	@swift build -c release --product mekiki
	@Scripts/install.sh "$(PREFIX)"

clean:
	rm -rf .build .build-test .build-check .build-bench .build-fuzz .venv .venv-web .venv-bench
