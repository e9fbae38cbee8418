using System.Globalization;
using Dataverse.Sync;
using Spectre.Console;

namespace QuickStart;

/// <summary>The output of the quick start: plain text if it is redirected, colors and progress bars on a terminal.</summary>
internal sealed class Screen(IAnsiConsole console, Clouds clouds)
{
    private const int RedirectedWidth = 120;
    private const int OperationsShown = 6;

    /// <summary>Creates a console for the output, without colors and progress bars if the output is not a terminal.</summary>
    public static IAnsiConsole CreateConsole(TextWriter output)
    {
        if (ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected)
        {
            return AnsiConsole.Console;
        }

        var plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        plain.Profile.Width = RedirectedWidth;
        return plain;
    }

    public void ShowWelcome(string dataFolder)
    {
        console.MarkupLine("[bold]Dataverse.Sync quick start[/]");
        console.MarkupLineInterpolated($"Business Central  {clouds.BusinessCentral.BaseAddress}  ({clouds.Company.Name})");
        console.MarkupLineInterpolated($"Dataverse         {clouds.Dataverse.BaseAddress}");
        console.MarkupLineInterpolated($"Data              {dataFolder}");
        console.WriteLine("Both are emulators in this process. The connectors send them the same HTTP requests as the clouds.");
    }

    public void ShowTitle(string title, string explanation)
    {
        console.WriteLine();
        console.Write(new Rule($"[bold]{title}[/]") { Justification = Justify.Left });
        console.WriteLine(explanation);
    }

    /// <summary>Runs an operation with a progress bar for each mapping.</summary>
    public Task<IReadOnlyList<SyncJob>> WatchAsync(IEnumerable<IIntegrationTableMapping> mappings, Func<IProgress<SyncProgress>?, Task<IReadOnlyList<SyncJob>>> run) =>
        !console.Profile.Capabilities.Interactive
            ? run(null)
            : console.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
                .StartAsync(context => run(new RunProgress(context, mappings.Select(mapping => (mapping.Name, RecordsOf(mapping))))));

    public void ShowPhase(Phase phase)
    {
        var table = NewTable("Mapping", [.. SyncCounters.None.Named().Select(counter => Capitalized(counter.Key))]);
        foreach (var (mapping, counters) in phase.Mappings)
        {
            _ = table.AddRow([mapping, .. counters.Named().Select(counter => Number(counter.Value))]);
        }

        console.Write(table);
        console.MarkupLineInterpolated($"Requests: {phase.Requests.BusinessCentral} to Business Central, {phase.Requests.Dataverse} to Dataverse. Rows written: {phase.Writes.BusinessCentral} and {phase.Writes.Dataverse}.");
    }

    public void ShowReport(string report) => console.WriteLine(report);

    public void ShowOperations(IReadOnlyList<PlannedOperation> operations)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"{operations.Count} writes are planned. Examples:");
        var table = NewTable("Mapping", "Write to", "Operation", "Fields");
        foreach (var operation in operations.DistinctBy(operation => (operation.Mapping, operation.Side, operation.Kind)).Take(OperationsShown))
        {
            var fields = string.Join(", ", operation.Fields.Select(write => $"{write.Field} = {write.Value}"));
            _ = table.AddRow(Escaped(operation.Mapping, Name(operation.Side), operation.Kind.ToString(), Shortened(fields)));
        }

        console.Write(table);
    }

    public void ShowFailures(IReadOnlyCollection<(string Mapping, RecordFailure Failure)> failures)
    {
        if (failures.Count == 0)
        {
            return;
        }

        console.WriteLine();
        console.WriteLine("Records that failed or wait are stored with the reason and retried:");
        var table = NewTable("Mapping", "Records", "State", "Reason");
        foreach (var group in failures.GroupBy(item => (item.Mapping, item.Failure.State, item.Failure.Error.Code)))
        {
            _ = table.AddRow(Escaped(group.Key.Mapping, Number(group.Count()), group.Key.State.ToString(), $"{group.Key.Code}: {group.First().Failure.Error.Message}"));
        }

        console.Write(table);
    }

    public void ShowEdits(IReadOnlyCollection<FieldEdit> edits)
    {
        console.WriteLine();
        var table = NewTable("Mapping", "Record", "Edited in", "Field", "Before", "After", "In both");
        foreach (var edit in edits)
        {
            _ = table.AddRow(Escaped(edit.Pair.Mapping, edit.Pair.Name, Name(edit.Side), edit.Field.Local, edit.Before, edit.After, edit.HasArrived ? "yes" : "no"));
        }

        console.Write(table);
    }

    public void ShowConflicts(IReadOnlyCollection<(string Mapping, RecordConflict Conflict)> conflicts, IReadOnlyCollection<FieldEdit> edits)
    {
        console.WriteLine();
        var table = NewTable("Mapping", "Record", "Field mapping", "Value in Business Central", "Value in Dataverse", "State");
        foreach (var (mapping, conflict) in conflicts)
        {
            var record = edits.First(edit => edit.Pair.Mapping == mapping).Pair.Name;
            foreach (var field in conflict.Fields)
            {
                _ = table.AddRow(Escaped(mapping, record, field.FieldMapping.Value, field.Local.ToString(), field.Integration.ToString(), field.Resolution.ToString()));
            }
        }

        console.Write(table);
    }

    public void ShowDeletion(Pair? deleted) => console.WriteLine(deleted is null
        ? "No contact is coupled, so no contact was deleted."
        : deleted.Exists(SyncSide.Local) ? "The contact is still in Business Central." : "The contact is gone from Business Central too.");

    public void ShowFarewell(string storeFile, string? jsonFile)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"Runs of modified records leave new records without a partner alone, as in Business Central.");
        console.MarkupLineInterpolated($"To create their partners as well: ConfigureMapping(\"CUSTOMER\", mapping => mapping.OnlyCoupledRecords(false))");
        console.MarkupLineInterpolated($"The SQLite file [bold]{storeFile}[/] contains the couplings, their bases, conflicts, and jobs.");
        if (jsonFile is not null)
        {
            console.MarkupLineInterpolated($"The report is in {jsonFile}.");
        }
    }

    private int RecordsOf(IIntegrationTableMapping mapping) =>
        clouds.BusinessCentral.Table(mapping.LocalTable, clouds.Company.Id).Count + clouds.Dataverse.Table(mapping.IntegrationTable).Count;

    private static Table NewTable(string first, params IEnumerable<string> others)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn(first).NoWrap());
        foreach (var name in others)
        {
            _ = table.AddColumn(new TableColumn(name));
        }

        return table;
    }

    private static string[] Escaped(params IEnumerable<string> cells) => [.. cells.Select(cell => cell.EscapeMarkup())];

    private static string Name(SyncSide side) => side == SyncSide.Local ? "Business Central" : "Dataverse";

    private static string Number(long value) => value == 0 ? "-" : value.ToString(CultureInfo.InvariantCulture);

    private static string Capitalized(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static string Shortened(string text) => text.Length <= 90 ? text : text[..87] + "...";
}
