namespace Dataverse.Sync.Shared;

/// <summary>Compares the privileges of the caller's roles with what mappings do with tables.</summary>
internal sealed class PrivilegeCheck(string system)
{
    private const string Global = "Global";

    /// <summary>Reads the privileges and compares them; a service that does not tell is a finding.</summary>
    /// <param name="tables">The tables of the mappings.</param>
    /// <param name="readHeld">Reads the ids of the caller's privileges with their depth.</param>
    /// <param name="readExisting">Reads the privileges that exist for the tables.</param>
    public async Task<IReadOnlyList<DiagnosisFinding>> FindAsync(
        IReadOnlyList<DiagnosedTable> tables,
        Func<Task<IReadOnlyDictionary<Guid, string>>> readHeld,
        Func<Task<IReadOnlyDictionary<string, TablePrivileges>>> readExisting)
    {
        try
        {
            var held = await readHeld().ConfigureAwait(false);
            var existing = await readExisting().ConfigureAwait(false);
            return [.. tables.SelectMany(table => FindOf(table, existing.GetValueOrDefault(table.Name), held))];
        }
        catch (ConnectorException failure) when (!failure.IsTransient)
        {
            return
            [
                new()
                {
                    Severity = FindingSeverity.Information,
                    Area = DiagnosisArea.Rights,
                    Code = DiagnosisCodes.RightsNotTold,
                    Message = $"{system} does not tell what the caller may write. The first write will. {failure.Message}",
                },
            ];
        }
    }

    /// <summary>Adds a privilege that a role holds; of several depths the widest counts.</summary>
    public static void Add(IDictionary<Guid, string> held, Guid privilege, string depth)
    {
        if (!held.TryGetValue(privilege, out var known) || known != Global)
        {
            held[privilege] = depth;
        }
    }

    // A role of a team need not be listed, so a privilege that is not may exist all the same.
    private IEnumerable<DiagnosisFinding> FindOf(
        DiagnosedTable table, TablePrivileges? existing, IReadOnlyDictionary<Guid, string> held)
    {
        foreach (var type in NeededFor(table))
        {
            var privilege = existing?.Privileges?.FirstOrDefault(item => item?.PrivilegeType == type);
            if (privilege?.PrivilegeId is not { } id)
            {
                continue;
            }

            if (!held.TryGetValue(id, out var depth))
            {
                yield return Finding(
                    table,
                    DiagnosisCodes.PrivilegeMissing,
                    $"The roles of the caller do not contain {privilege.Name}. Unless a team grants it, {Consequence(type)}.");
            }
            else if (depth != Global)
            {
                yield return Finding(
                    table,
                    DiagnosisCodes.PrivilegeLimited,
                    $"The caller has {privilege.Name} with the depth {depth} only, not for the whole organization. {Limit(type)}");
            }
        }
    }

    private static IEnumerable<string> NeededFor(DiagnosedTable table) =>
    [
        "Read",
        .. table.IsWritten ? ["Create", "Write"] : Array.Empty<string>(),
        .. table.IsDeleted ? ["Delete"] : Array.Empty<string>(),
    ];

    private static string Consequence(string type) => type switch
    {
        "Read" => "nothing can be read",
        "Create" => "no row can be created",
        "Write" => "no row can be changed",
        _ => "no row can be deleted",
    };

    private static string Limit(string type) => type == "Read"
        ? "Rows of other business units are hidden, and change tracking is refused."
        : "Rows of other business units are refused.";

    private DiagnosisFinding Finding(DiagnosedTable table, string code, string message) => new()
    {
        Severity = FindingSeverity.Warning,
        Area = DiagnosisArea.Rights,
        Code = code,
        Message = $"{system}: {message}",
        Table = table.Name,
    };
}
