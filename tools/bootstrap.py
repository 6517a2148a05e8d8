"""Set up and start everything from a bare Python: the logic behind the Makefile.

Standard library only, because it runs before anything is installed; it works on Linux, macOS and Windows:
``python tools/bootstrap.py install|run|test|check|bench|clean``. A stamp file in ``.venv`` remembers which
pyproject.toml and constraints.txt were installed, so that a second start skips the installation.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, Optional, Sequence

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / ".installed"
OLDEST = (3, 11)
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CLEANED = (".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache")


class SetupError(Exception):
    """Set-up cannot go on; the message says in Swedish what the user can do."""


def say(text: str) -> None:
    """Print one line of progress at once, also through a pipe."""
    print(text, flush=True)


def run(command: Sequence[object], env: Optional[Dict[str, str]] = None) -> None:
    """Run a command in the repository; a failure ends the bootstrap with the same exit code."""
    code = subprocess.call([str(part) for part in command], cwd=str(ROOT), env=env)
    if code:
        raise SystemExit(code)


def new_enough_python() -> str:
    """Path of a Python that can run the dashboard: this one, or a newer one on PATH."""
    if sys.version_info[:2] >= OLDEST:
        return sys.executable
    for minor in range(19, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return found
    version = ".".join(str(part) for part in sys.version_info[:3])
    raise SetupError(
        f"Det behövs Python 3.11 eller senare, men här finns {version}. Installera en nyare Python och "
        "försök igen, eller peka ut den: make run PYTHON=/sökväg/till/python3.12"
    )


def as_root() -> Optional[List[str]]:
    """Prefix that makes a command run as root without asking, or None when that cannot be done."""
    if WINDOWS:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return ["sudo", "-n"]
    return None


def apt_install(package: str) -> bool:
    """Install a Debian package if this machine and user can; False when they cannot or it failed."""
    prefix = as_root()
    if prefix is None or not shutil.which("apt-get"):
        return False
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    update = [*prefix, "apt-get", "update", "-qq"]
    add = [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    subprocess.call(update, stdout=subprocess.DEVNULL, env=env)
    return subprocess.call(add, stdout=subprocess.DEVNULL, env=env) == 0


def create_venv() -> None:
    """Create .venv; on Debian the module for that may be a package of its own, which is then fetched."""
    python = new_enough_python()
    say("Skapar en egen Pythonmiljö i .venv …")
    command = [python, "-m", "venv", "--clear", str(VENV)]
    if subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
        return
    if apt_install("python3-venv") and subprocess.call(command) == 0:
        return
    raise SetupError(
        "Pythonmiljön kunde inte skapas. På Debian och Ubuntu saknas ofta paketet python3-venv: "
        "installera det (sudo apt-get install python3-venv) och försök igen."
    )


def place() -> str:
    """What a .venv is bound to: the folder it lies in and the Python it was made with."""
    return f"{ROOT}|{new_enough_python()}"


def fingerprint(extra: str) -> str:
    """Hash of what decides the installation: the two files, the extra and the place."""
    digest = hashlib.sha256(f"{extra}|{place()}".encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def stamp() -> List[str]:
    """The place and the fingerprint of the installation in .venv; two empty texts when there is none."""
    if not STAMP.is_file() or not python_in_venv().exists():
        return ["", ""]
    return [*STAMP.read_text(encoding="utf-8").splitlines(), "", ""][:2]


def installed(extra: str) -> bool:
    """True when .venv holds this very set-up; one with the development tools serves for running too."""
    return stamp()[1] in {fingerprint(extra), fingerprint("dev")}


def python_in_venv() -> Path:
    """The interpreter of .venv."""
    return BIN / ("python.exe" if WINDOWS else "python")


def pip_install(target: str) -> None:
    """Install with the pinned versions; print each package fetched, keep the whole log in .venv."""
    command = [str(python_in_venv()), "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", "-c", "constraints.txt", "-e", target]
    log = VENV / "install.log"
    with log.open("w", encoding="utf-8") as sink:
        process = subprocess.Popen(
            command,
            cwd=str(ROOT),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        for line in process.stdout or ():
            sink.write(line)
            if line.startswith("Collecting "):
                say("  hämtar " + line.split()[1])
            elif line.startswith("Installing collected"):
                say("  installerar …")
    if process.wait():
        tail = "".join(log.read_text(encoding="utf-8").splitlines(keepends=True)[-15:])
        raise SetupError(f"Installationen misslyckades:\n{tail}\nHela loggen finns i {log}.")


def install(extra: str = "") -> None:
    """Make .venv match pyproject.toml and constraints.txt; does nothing when it already does."""
    if installed(extra):
        return
    if stamp()[0] != place():
        create_venv()
    say("Installerar det som behövs (bara första gången, någon minut) …")
    pip_install(f".[{extra}]" if extra else ".")
    # What the browser will load is compressed now, so that the first start does not have to wait for it.
    # Should it fail, the start tries again and says why.
    say("Förbereder gränssnittets filer …")
    prepare = (
        "from dashboard.web import default_cache_dir, prepare_static; prepare_static(default_cache_dir())"
    )
    subprocess.call([str(python_in_venv()), "-c", prepare], cwd=str(ROOT), stderr=subprocess.DEVNULL)
    STAMP.write_text(f"{place()}\n{fingerprint(extra)}\n", encoding="utf-8")
    say("Installationen är klar.")


def find_chromium() -> Optional[str]:
    """An installed Chromium or Chrome: the one CHROMIUM names, else the first on PATH."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next((found for found in map(shutil.which, BROWSERS) if found), None)


def ensure_chromium() -> Optional[str]:
    """Find a browser for the tests or install one; None when Playwright's own is used.

    Order: one that is there, Debian's package, Playwright's download.
    """
    found = find_chromium()
    if found:
        return found
    say("Installerar webbläsaren Chromium för testerna …")
    if apt_install("chromium"):
        found = find_chromium()
        if found:
            return found
    own = [python_in_venv(), "-m", "playwright", "install", "chromium"]
    if subprocess.call([str(part) for part in own], cwd=str(ROOT)) == 0:
        return None
    raise SetupError(
        "Ingen webbläsare för testerna kunde installeras. Installera Chromium eller Chrome och försök "
        "igen, eller peka ut den: CHROMIUM=/sökväg/till/chromium make test"
    )


def check() -> None:
    """Format, lint, types and the rules about which module may import which."""
    for label, command in (
        ("Formatering", [BIN / "ruff", "format", "--check", "."]),
        ("Kodgranskning", [BIN / "ruff", "check", "."]),
        ("Typer", [BIN / "mypy"]),
        ("Lager och beroenden", [BIN / "lint-imports"]),
    ):
        say(f"• {label}")
        run(command)


def test(arguments: Sequence[str]) -> None:
    """All checks and all tests, the browser's included."""
    env = dict(os.environ)
    browser = ensure_chromium()
    if browser:
        env["CHROMIUM"] = browser
    check()
    pytest = [python_in_venv(), "-m", "pytest"]
    if arguments:
        say("• Tester")
        run([*pytest, *arguments], env=env)
        return
    say("• Tester utan webbläsare")
    run([*pytest, "-n", "auto", "tests/unit", "tests/pages"], env=env)
    # One at a time: a browser that has to share the processor is slow, and a test of it then says little.
    say("• Tester i webbläsare")
    run([*pytest, "tests/browser"], env=env)


def serve(port: int) -> None:
    """Build the store if it is out of date, then serve until interrupted."""
    run([BIN / "dashboard", "build"])
    command = [str(BIN / "dashboard"), "serve", "--host", "127.0.0.1", "--port", str(port)]
    if WINDOWS:
        run(command)
    # Taking this process's place lets Ctrl+C reach the server alone, which then ends in order.
    os.chdir(str(ROOT))
    os.execv(command[0], command)


def clean() -> None:
    """Remove what the set-up and the tools have made (never data)."""
    for name in CLEANED:
        shutil.rmtree(ROOT / name, ignore_errors=True)
    say("Städat. Data har inte rörts.")


def main() -> None:
    """Read the verb and carry it out."""
    parser = argparse.ArgumentParser(description="Sätter upp, startar och kontrollerar instrumentpanelen.")
    parser.add_argument("verb", choices=["install", "run", "test", "check", "bench", "clean"])
    parser.add_argument("--port", type=int, default=8501, help="port för run (8501 om inget anges)")
    options, rest = parser.parse_known_args()
    if options.verb == "clean":
        clean()
        return
    install("dev" if options.verb in {"test", "check", "bench"} else "")
    if options.verb == "run":
        serve(options.port)
    elif options.verb == "test":
        test(rest)
    elif options.verb == "check":
        check()
    elif options.verb == "bench":
        run([python_in_venv(), "-m", "benchmarks", *rest])


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        # A Windows console may not be UTF-8 by default; å, ä and ö must survive.
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        main()
    except SetupError as error:
        sys.exit(f"Fel: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
