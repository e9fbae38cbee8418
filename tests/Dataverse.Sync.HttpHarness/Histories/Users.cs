using System.Text.Json.Nodes;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.HttpHarness;

/// <summary>The users of both systems, who work without knowing of the synchronization.</summary>
internal sealed class Users(World world, EditLog log, Random random, UserValues values, Features features)
{
    private int markers;

    /// <summary>
    /// Records that users may change although the engine created them: those whose creation is not uncertain. A record
    /// that the engine may not know yet waits for a person when it is changed, which is a documented limit.
    /// </summary>
    public HashSet<Guid> Settled { get; } = [];

    public void Create()
    {
        var kind = random.Pick(Kinds.Customer, Kinds.Customer, Kinds.Vendor, Kinds.Contact, Kinds.Thing, Kinds.Thing, Kinds.Thing);
        var marker = $"{kind.Mapping.ToLowerInvariant()}{++markers}";
        var choice = random.Next(world.Scenario.MatchesRecords && features.Twins ? 7 : 6);
        if (choice is < 3 or 6)
        {
            CreateLocal(kind, marker);
        }

        if (choice is >= 3)
        {
            CreateIntegration(kind, marker);
        }
    }

    public void EditSome()
    {
        var rows = Screen.Read(world).Rows.Where(IsEditable).ToList();
        if (rows.Count > 0)
        {
            Edit(random.Pick(rows));
        }
    }

    /// <summary>Edits the same record on both sides, as people do who do not know of each other.</summary>
    public void EditBoth()
    {
        var pairs = Screen.Read(world).Rows.Where(IsEditable).GroupBy(row => row.Marker)
            .Where(rows => rows.Select(row => row.Side).Distinct().Count() == 2).ToList();
        if (pairs.Count > 0)
        {
            var field = random.Pick(Kinds.Of(random.Pick(pairs).Key).Fields);
            foreach (var row in random.Pick(pairs).ToList())
            {
                Edit(row, row.Values.ContainsKey(field) ? [field] : [random.Pick(row.Kind.Fields)]);
            }
        }
    }

    public void DeleteSome()
    {
        var screen = Screen.Read(world);
        var rows = screen.Rows.Where(row => IsDeletable(row, screen)).ToList();
        foreach (var row in rows.OrderBy(_ => random.Next()).Take(random.Pick(1, 1, 2, 4)).ToList())
        {
            log.Record(
                $"deletes {row.Side} {row.Marker}",
                () => Delete(row),
                deletesCoupled: Settled.Contains(row.Id));
        }
    }

    private bool IsEditable(ShownRow row) => Settled.Contains(row.Id) || IsOwn(row);

    // An account takes its contacts with it, so customers are deleted only where there are none. A record whose creation
    // is still on its way for a second time would exist again, which is a documented limit.
    private bool IsDeletable(ShownRow row, Screen screen) => Settled.Contains(row.Id)
        && !world.Line.IsOnItsWay(row.Id)
        && (row.Kind != Kinds.Customer || !screen.Rows.Any(other => other.Kind == Kinds.Contact));

    private bool IsOwn(ShownRow row) =>
        log.Edits.Any(edit => edit.IsCreation && edit.Marker == row.Marker && edit.Side == row.Side);

    private void Edit(ShownRow row) =>
        Edit(row, [.. row.Kind.Fields.OrderBy(_ => random.Next()).Take(random.Pick(1, 1, 2, 3))]);

    private void Edit(ShownRow row, IReadOnlyList<FieldPair> fields)
    {
        var changes = fields.ToDictionary(field => field, field => values.Next(row, field));
        log.Record($"edits {row.Side} {row.Marker}", () => Write(row, changes));
    }

    private void Write(ShownRow row, Dictionary<FieldPair, object?> changes)
    {
        if (row.Side == SyncSide.Local)
        {
            var json = changes.Select(change => KeyValuePair.Create<string, JsonNode?>(
                change.Key.Local, UserValues.ToJson(change.Key, change.Value)));
            _ = world.Local(row.Kind.LocalTable).Update(row.Id, new JsonObject(json));
        }
        else
        {
            _ = world.Dataverse.Table(row.Kind.IntegrationTable)
                .Update(row.Id, changes.SelectMany(change => UserValues.ToColumns(change.Key, change.Value)));
        }
    }

    private void Delete(ShownRow row)
    {
        if (row.Side == SyncSide.Local)
        {
            world.Local(row.Kind.LocalTable).Delete(row.Id);
        }
        else
        {
            world.Dataverse.Table(row.Kind.IntegrationTable).Delete(row.Id);
        }
    }

    private void CreateLocal(EntityKind kind, string marker)
    {
        var row = new JsonObject { [kind.Marker.Local] = marker };
        if (kind == Kinds.Contact)
        {
            if (AnyCompanyContact() is not { } company)
            {
                return;
            }

            row["type"] = "Person";
            row["companyNumber"] = company;
        }

        if (kind != Kinds.Thing)
        {
            row["email"] = $"{marker}@example.com";
        }

        foreach (var field in kind.Fields.Where(field => IsNamed(field) || random.Next(3) > 0))
        {
            row[field.Local] = UserValues.ToJson(field, values.First(SyncSide.Local, field, marker));
        }

        log.Record($"creates local {marker}", () => world.Local(kind.LocalTable).Insert(row));
    }

    private void CreateIntegration(EntityKind kind, string marker)
    {
        var columns = new List<(string, object?)>
        {
            ($"{kind.IntegrationTable}id", world.NextId()),
            (kind.Marker.Integration, marker),
        };
        if (kind == Kinds.Contact)
        {
            if (AnyAccount() is not { } account)
            {
                return;
            }

            columns.Add(("parentcustomerid", new DataverseReference("account", account)));
        }

        if (kind != Kinds.Thing)
        {
            columns.Add(("emailaddress1", $"{marker}@example.com"));
        }

        if (kind.IntegrationTable == "account")
        {
            columns.Add(("customertypecode", kind == Kinds.Customer ? 3 : 11));
        }

        foreach (var field in kind.Fields.Where(field => !field.IsOneWay && (IsNamed(field) || random.Next(3) > 0)))
        {
            columns.AddRange(UserValues.ToColumns(field, values.First(SyncSide.Integration, field, marker)));
        }

        log.Record($"creates integration {marker}", () => world.Dataverse.Table(kind.IntegrationTable).Insert(columns));
    }

    private static bool IsNamed(FieldPair field) => field.Local == "displayName";

    private string? AnyCompanyContact()
    {
        var customers = Screen.Read(world).Rows.Where(row => row.Kind == Kinds.Customer && row.Side == SyncSide.Local && IsEditable(row))
            .Select(row => row.Marker).ToHashSet();
        var companies = world.Local("contacts").Rows
            .Where(row => row["type"]!.GetValue<string>() == "Company" && customers.Contains(row["website"]!.GetValue<string>()))
            .Select(row => row["number"]!.GetValue<string>()).ToList();
        return companies.Count == 0 ? null : random.Pick(companies);
    }

    private Guid? AnyAccount()
    {
        var accounts = Screen.Read(world).Rows
            .Where(row => row.Kind == Kinds.Customer && row.Side == SyncSide.Integration && IsEditable(row)).ToList();
        return accounts.Count == 0 ? null : random.Pick(accounts).Id;
    }
}
