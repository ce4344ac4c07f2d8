"""Commands that are imported when they are run, and what becomes of their errors."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from pubtool.cli.options import Options
from pubtool.errors import PubtoolError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COULD_NOT_RUN = 2
STOPPED = 130


class LazyGroup(click.Group):
    """A group that knows its commands' names and sentences, and imports one to run it."""

    def __init__(self, *args: Any, table: Mapping[str, tuple[str, str]], **given: Any) -> None:
        """Take the commands as name -> (``module:attribute``, the sentence in the help)."""
        super().__init__(*args, **given)
        self.table = table

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
        return command

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

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a fault of the user's gets its sentence, a bug of ours says so."""
        try:
            return super().invoke(ctx)
        except PubtoolError as error:
            click.echo(f"pubtool: error: {error}", err=True)
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
            click.echo("pubtool: stopped", err=True)
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

        click.echo("".join(format_exception(error)), err=True, nl=False)
    more = "" if options.verbosity > 1 else "; `pubtool -v …` shows where"
    click.echo(
        f"pubtool: bug: {type(error).__name__}: {error} (this is a fault of pubtool, not of your "
        f"project: please report it{more})",
        err=True,
    )
