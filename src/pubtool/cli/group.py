"""Commands that are imported when they are run, and what becomes of their errors."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pubtool.cli.options import Options
from pubtool.cli.streams import say, write
from pubtool.errors import PubtoolError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COULD_NOT_RUN = 2
STOPPED = 130


def _show_help(ctx: click.Context, _: click.Parameter, wanted: Any) -> None:
    if wanted and not ctx.resilient_parsing:
        write(f"{ctx.get_help()}\n")
        ctx.exit()


def _with_our_help(command: click.Command, ctx: click.Context) -> click.Command:
    """Let a command, and those below it, print its help through our door.

    What click prints itself does not bear a reader that goes away.
    """
    option = command.get_help_option(ctx)
    if option is not None and option.callback is not _show_help:
        option.callback = _show_help
        for below in command.commands.values() if isinstance(command, click.Group) else ():
            _with_our_help(below, ctx)
    return command


class LazyGroup(click.Group):
    """A group that knows its commands' names and sentences, and imports one to run it."""

    def __init__(self, *args: Any, table: Mapping[str, tuple[str, str]], **given: Any) -> None:
        """Take the commands as name -> (``module:attribute``, the sentence in the help)."""
        super().__init__(*args, **given)
        self.table = table

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option `--help`, which prints through our door."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.callback = _show_help
        return option

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command; None where there is no such one."""
        if cmd_name not in self.table:
            return None
        module, attribute = self.table[cmd_name][0].split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return _with_our_help(command, ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments begin with; the nearest is offered for none."""
        name = args[0]
        known = self.get_command(ctx, name) is not None
        if not known and not name.startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches  # not for a name that there is

            near = get_close_matches(name, self.table, n=1)
            ctx.fail(f"No such command {name!r}.{f' Did you mean {near[0]!r}?' if near else ''}")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the commands without importing any, then the group's own options."""
        from click.shell_completion import CompletionItem

        names = [name for name in self.table if name.startswith(incomplete)]
        offered = [CompletionItem(name, help=self.table[name][1]) for name in names]
        return [*offered, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in self.table.items()])


class Program(LazyGroup):
    """The outermost group: every error ends here, as one line and an exit status."""

    def main(self, *args: Any, **given: Any) -> NoReturn:
        """Run the program and exit, as click does, but for streams that take nothing more.

        Whatever becomes of the messages, the status is the one of the exit statuses' page.
        """
        try:
            status = super().main(*args, **{**given, "standalone_mode": False})
        except click.ClickException as error:
            with suppress(OSError):
                error.show()
            status = error.exit_code
        except PubtoolError as error:  # of the help, which is printed before anything is run
            say(f"pubtool: error: {error}")
            status = COULD_NOT_RUN
        except click.Abort:  # Ctrl-C at a question, or before the command was known
            say("pubtool: stopped")
            status = STOPPED
        sys.exit(status or 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a fault of the user's gets its sentence, a bug of ours says so."""
        try:
            return super().invoke(ctx)
        except PubtoolError as error:
            say(f"pubtool: error: {error}")
            raise click.exceptions.Exit(COULD_NOT_RUN) from None
        except click.NoSuchOption as error:
            ours = [param for param in self.params if error.option_name in param.opts]
            if ours and ctx.invoked_subcommand:
                takes = "" if _is_flag(ours[0]) else " …"
                example = f"pubtool {error.option_name}{takes} {ctx.invoked_subcommand}"
                why = f"{error.option_name} stands before the command: `{example}`"
                raise click.UsageError(why, error.ctx) from None
            raise
        except click.UsageError as error:
            if error.message.startswith("Got unexpected extra argument"):
                why = f"{error.message}; put a name that has spaces in quotation marks"
                raise click.UsageError(why, error.ctx) from None
            raise
        except KeyboardInterrupt:
            say("pubtool: stopped")
            raise click.exceptions.Exit(STOPPED) from None
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            options = ctx.obj if isinstance(ctx.obj, Options) else Options()
            _blame_ourselves(error, options)
            raise click.exceptions.Exit(COULD_NOT_RUN) from None


def _is_flag(param: click.Parameter) -> bool:
    return isinstance(param, click.Option) and (param.is_flag or param.count)


def _blame_ourselves(error: Exception, options: Options) -> None:
    if options.verbosity > 1:
        from traceback import format_exception

        say("".join(format_exception(error)), end="")
    more = "" if options.verbosity > 1 else "; `pubtool -v …` shows where"
    say(
        f"pubtool: bug: {type(error).__name__}: {error} (this is a fault of pubtool, not of your "
        f"project: please report it{more})",
    )
