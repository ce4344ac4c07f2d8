"""The command line: parse, call the pipeline, print.

One module a command, imported when it is run: `pubtool --help` loads click and little else.
Exit status: 0 nothing to say, 1 findings, 2 could not run, 130 stopped by the user.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from pubtool import __version__
from pubtool.cli.group import Program
from pubtool.cli.options import Options
from pubtool.cli.streams import write

COMMANDS = {
    "init": ("pubtool.cli.init:init", "Make a new project that builds at once."),
    "new": ("pubtool.cli.new:new", "Make a new post from the template."),
    "check": ("pubtool.cli.check:check", "Check every quotation against its source."),
    "cite": ("pubtool.cli.cite:cite", "Cite the source of each uncited quotation."),
    "build": ("pubtool.cli.build:build", "Check, then write HTML, PDF and WordPress files."),
    "evidence": (
        "pubtool.cli.evidence:evidence",
        "Write the cite-check binder: each quotation with its source's page.",
    ),
    "serve": ("pubtool.cli.serve:serve", "Show the posts in a browser as they are written."),
    "review": (
        "pubtool.cli.review:review",
        "Decide about quotations in a browser, each beside its source.",
    ),
    "lsp": ("pubtool.cli.lsp:lsp", "Check posts in an editor, as they are typed."),
    "verify": (
        "pubtool.cli.verify:verify",
        "Prove again what published pages say of their quotations.",
    ),
    "publish": (
        "pubtool.cli.publish:publish",
        "Create or update posts on a WordPress site.",
    ),
    "import": ("pubtool.cli.import_:import_", "Turn a WordPress export into posts."),
    "pull": ("pubtool.cli.pull:pull", "Bring a WordPress site's posts and edits home."),
    "stats": ("pubtool.cli.stats:stats", "Count the verdicts by date and by source."),
    "waivers": ("pubtool.cli.waivers:waivers", "List the waivers and decisions, with reasons."),
    "explain": ("pubtool.cli.explain:explain", "Say what a finding means and how to mend it."),
    "sources": (
        "pubtool.cli.sources:sources",
        "List, show, add, fetch and verify the sources' texts.",
    ),
    "styles": ("pubtool.cli.styles:styles", "List the citation styles, or search them."),
    "completion": (
        "pubtool.cli.completion:completion",
        "Print what a shell needs to complete words.",
    ),
    "config": ("pubtool.cli.config:config", "Show the settings and where each is from."),
    "doctor": ("pubtool.cli.doctor:doctor", "Say what is installed and how to mend what is not."),
}
"""Name -> where it is, and its sentence in the help."""

EPILOG = """\b
Examples:
  pubtool init essays                make a project in a new folder
  pubtool check                      check all posts
  pubtool check posts/first-post.md  check one
  pubtool explain Q101               what that finding means
  pubtool build --to html,pdf        write the pages
  pubtool publish blog --dry-run     what would be done on a WordPress site

Exit status: 0 no findings that count, 1 findings, 2 could not run.
"""


def _show_version(ctx: click.Context, _: click.Parameter, wanted: Any) -> None:
    if wanted and not ctx.resilient_parsing:
        write(f"pubtool {__version__}\n")
        ctx.exit()


@click.group(
    cls=Program,
    table=COMMANDS,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.option("--project", type=click.Path(path_type=Path, file_okay=False, exists=True),
              metavar="DIR", help="The project's folder [default: from here up].")  # fmt: skip
@click.option("--color", "colour", type=click.Choice(["auto", "always", "never"]), default="auto",
              help="When to colour; NO_COLOR is honoured.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Only the findings and the count.")
@click.option("-v", "--verbose", is_flag=True, help="Every quotation with its verdict.")
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version,
              help="Show the version and exit.")  # fmt: skip
@click.pass_context
def program(
    ctx: click.Context, *, project: Path | None, colour: str, quiet: bool, verbose: bool
) -> None:
    """Check the quotations of Markdown posts, and publish what passed."""
    if quiet and verbose:
        raise click.UsageError("-q and -v exclude each other; give one of them")
    ctx.obj = Options(project, colour, 0 if quiet else 2 if verbose else 1)


def main() -> None:
    """Run the program with the arguments of the command line."""
    if "_PUBTOOL_COMPLETE" in os.environ:  # a shell asks; click answers by the class for it
        import_module("pubtool.cli.completion")
    program(prog_name="pubtool")
