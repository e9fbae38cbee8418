using System.Text.Json.Nodes;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.KillTests;

/// <summary>Plays the people who work in both services while workers live and die. Safe for use from several threads.</summary>
internal sealed class People(Bench bench, Random random)
{
    private const int WantedSubjects = 260;
    private const string LocalCountry = "GB";

    private readonly Lock gate = new();
    private readonly List<Subject> subjects = [];
    private readonly List<Subject> living = [];
    private int lastValue;

    /// <summary>Everything that people ever made.</summary>
    public IReadOnlyList<Subject> Subjects
    {
        get
        {
            lock (gate)
            {
                return [.. subjects];
            }
        }
    }

    /// <summary>Makes the records that both services start with.</summary>
    public void Settle()
    {
        lock (gate)
        {
            while (living.Count < WantedSubjects)
            {
                Create();
            }
        }
    }

    /// <summary>Does a number of random things.</summary>
    public void Act(int times)
    {
        lock (gate)
        {
            for (var time = 0; time < times; time++)
            {
                Act();
            }
        }
    }

    /// <summary>Tells that everything there is has been coupled, and that nothing is left of what was deleted.</summary>
    public void LearnAll()
    {
        lock (gate)
        {
            _ = living.RemoveAll(subject => subject.IsDeleted);
            living.ForEach(subject => subject.IsKnownLocally = true);
        }
    }

    private void Act()
    {
        var chance = random.NextDouble();
        if (chance < 0.8)
        {
            EditOne(Any(living));
        }
        else if (chance < 0.9 == living.Count < WantedSubjects)
        {
            Create();
        }
        else
        {
            Delete(Any(living.FindAll(subject => subject.IsDisposable)));
        }
    }

    private void Create()
    {
        var side = Any([SyncSide.Local, SyncSide.Integration]);
        var kind = Any([RecordKind.Customer, RecordKind.Customer, RecordKind.Vendor, RecordKind.Contact, RecordKind.Contact]);
        var companies = living.FindAll(subject => subject is { Kind: not RecordKind.Contact, IsDisposable: false } && IsThere(subject, side));
        if (kind == RecordKind.Contact && companies.Count == 0)
        {
            return;
        }

        var subject = new Subject(kind, $"{kind} X{++lastValue:00000}", side)
        {
            Company = kind == RecordKind.Contact ? Any(companies) : null,
            IsDisposable = kind == RecordKind.Contact || random.Next(2) == 0,
        };
        var values = FieldsOf(subject).ToDictionary(field => field, NextValue);
        if (side == SyncSide.Local)
        {
            InsertLocally(subject, values);
        }
        else
        {
            InsertIntoDataverse(subject, values);
        }

        subjects.Add(subject);
        living.Add(subject);
        foreach (var (field, value) in values)
        {
            subject.Note(field, new(side, value));
        }
    }

    private void InsertLocally(Subject subject, Dictionary<FieldPair, string> values)
    {
        var row = new JsonObject { ["displayName"] = subject.Name, ["country"] = LocalCountry };
        foreach (var (field, value) in values)
        {
            row[field.Local] = value;
        }

        if (subject.Company is { } company)
        {
            row["type"] = "Person";
            row["companyNumber"] = bench.Local("contacts").Find("displayName", company.Name)!["number"]!.ToString();
        }

        _ = bench.Local(subject.Table.LocalTable).Insert(row);
    }

    private void InsertIntoDataverse(Subject subject, Dictionary<FieldPair, string> values)
    {
        var row = values.Select(value => (value.Key.Integration, (object?)value.Value)).Append(("address1_country", LocalCountry)).ToList();
        if (subject.Company is { } company)
        {
            var parts = subject.Name.Split(' ');
            row.AddRange([("firstname", parts[0]), ("lastname", parts[1]), ("parentcustomerid", new DataverseReference("account", FindInDataverse(company)!.Id))]);
        }
        else
        {
            row.AddRange([("name", subject.Name), ("customertypecode", subject.Kind == RecordKind.Customer ? 3 : 11)]);
        }

        _ = bench.Integration(subject.Table.IntegrationTable).Insert(row);
    }

    private void EditOne(Subject? subject)
    {
        var side = Any([SyncSide.Local, SyncSide.Integration]);
        if (subject is null || !IsThere(subject, side))
        {
            return;
        }

        var field = Any([.. FieldsOf(subject)])!;
        var value = NextValue(field);
        if (Try(() => Write(subject, side, field, value)))
        {
            subject.Note(field, new(side, value));
        }
    }

    private void Write(Subject subject, SyncSide side, FieldPair field, string value)
    {
        if (side == SyncSide.Local)
        {
            _ = bench.Local(subject.Table.LocalTable).Update(IdOf(FindLocally(subject)!), new JsonObject { [field.Local] = value });
        }
        else
        {
            _ = bench.Integration(subject.Table.IntegrationTable).Update(FindInDataverse(subject)!.Id, (field.Integration, value));
        }
    }

    private void Delete(Subject? subject)
    {
        var side = Any([SyncSide.Local, SyncSide.Integration]);
        if (subject is null || !IsThere(subject, side))
        {
            return;
        }

        var last = side == SyncSide.Local ? Seen(subject, FindLocally(subject)!) : Seen(subject, FindInDataverse(subject)!);
        if (Try(() => Delete(subject, side, last.Id)))
        {
            subject.NoteDeletion(side, last);
        }
    }

    private void Delete(Subject subject, SyncSide side, Guid id)
    {
        if (side == SyncSide.Local)
        {
            bench.Local(subject.Table.LocalTable).Delete(id);
        }
        else
        {
            bench.Integration(subject.Table.IntegrationTable).Delete(id);
        }
    }

    // The engine may have deleted the record between the look at it and the write; then nothing was acknowledged.
    private static bool Try(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception gone) when (gone is BusinessCentralException or KeyNotFoundException or NullReferenceException)
        {
            return false;
        }
    }

    private bool IsThere(Subject subject, SyncSide side) =>
        side == SyncSide.Local ? subject.IsKnownLocally && FindLocally(subject) is not null : FindInDataverse(subject) is not null;

    private JsonObject? FindLocally(Subject subject) => bench.Local(subject.Table.LocalTable).Find(subject.Table.Name.Local, subject.Name);

    private DataverseRow? FindInDataverse(Subject subject) =>
        bench.Integration(subject.Table.IntegrationTable).Rows.FirstOrDefault(row => row[subject.Table.Name.Integration] as string == subject.Name);

    private static Guid IdOf(JsonObject row) => Guid.Parse(row["id"]!.ToString());

    private static SeenRecord Seen(Subject subject, JsonObject row) =>
        new(IdOf(row), subject.Name, FieldsOf(subject).ToDictionary(field => field.Local, field => row[field.Local]?.ToString() ?? string.Empty));

    private static SeenRecord Seen(Subject subject, DataverseRow row) =>
        new(row.Id, subject.Name, FieldsOf(subject).ToDictionary(field => field.Integration, field => row[field.Integration]?.ToString() ?? string.Empty));

    private static IEnumerable<FieldPair> FieldsOf(Subject subject) =>
        subject.Table.Fields.Where(field => field.Local is "addressLine1" or "addressLine2" or "city" or "website" or "phoneNumber" or "mobilePhoneNumber");

    private string NextValue(FieldPair field)
    {
        lastValue++;
        return field.Local switch
        {
            "website" => $"https://w{lastValue}.example",
            "phoneNumber" or "mobilePhoneNumber" => $"+44 1632 {lastValue:0000000}",
            var other => $"{other} {lastValue}",
        };
    }

    private T? Any<T>(IReadOnlyList<T> items) => items.Count == 0 ? default : items[random.Next(items.Count)];
}
