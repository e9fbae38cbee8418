namespace Dataverse.Sync.KillTests;

/// <summary>Plays the people who work in both services while workers live and die. Safe for use from several threads.</summary>
internal sealed class People(Bench bench, int wanted, Random random)
{
    private const double ChanceOfEdit = 0.8;
    private const double ChanceOfCreation = 0.5;

    private static readonly SyncSide[] Sides = [SyncSide.Local, SyncSide.Integration];

    private static readonly RecordKind[] Kinds = [RecordKind.Customer, RecordKind.Customer, RecordKind.Vendor, RecordKind.Contact, RecordKind.Contact];

    private readonly Lock gate = new();
    private readonly FrontDesk desk = new(bench);
    private readonly List<Subject> subjects = [];
    private readonly List<Subject> living = [];
    private int lastNumber;

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
            while (living.Count < wanted)
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
            living.ForEach(subject => subject.IsCoupled = true);
        }
    }

    private void Act()
    {
        if (random.NextDouble() < ChanceOfEdit)
        {
            Edit(Any(living)!);
        }
        else if (living.Count < wanted || random.NextDouble() < ChanceOfCreation)
        {
            Create();
        }
        else if (Any(living.FindAll(subject => subject.IsDisposable)) is { } subject)
        {
            Delete(subject);
        }
    }

    private void Create()
    {
        var side = Any(Sides);
        var kind = Any(Kinds);
        var company = kind == RecordKind.Contact ? Any(living.FindAll(subject => subject is { Kind: not RecordKind.Contact, IsDisposable: false } && subject.MayBeEditedOn(side) && desk.Find(subject, side) is not null)) : null;
        if (kind == RecordKind.Contact && company is null)
        {
            return;
        }

        var made = new Subject(kind, $"{kind} X{++lastNumber:00000}", side) { Company = company, IsDisposable = kind == RecordKind.Contact || random.Next(2) == 0 };
        var values = made.Edited.ToDictionary(field => field, NextValue);
        desk.Insert(made, side, values);
        subjects.Add(made);
        living.Add(made);
        foreach (var (field, value) in values)
        {
            made.Note(field, new(side, value));
        }
    }

    private void Edit(Subject subject)
    {
        var side = Any(Sides);
        var field = Any(subject.Edited)!;
        if (subject.MayBeEditedOn(side) && desk.Find(subject, side) is { } record && NextValue(field) is var value && desk.TryUpdate(subject, side, record.Id, field, value))
        {
            subject.Note(field, new(side, value));
        }
    }

    private void Delete(Subject subject)
    {
        var side = Any(Sides);
        if (subject.MayBeDeletedOn(side) && desk.Find(subject, side) is { } record && desk.TryDelete(subject, side, record.Id))
        {
            subject.NoteDeletion(side, record);
        }
    }

    private string NextValue(FieldPair field)
    {
        lastNumber++;
        return field.Local switch
        {
            "website" => $"https://w{lastNumber}.example",
            "phoneNumber" or "mobilePhoneNumber" => $"+44 1632 {lastNumber:0000000}",
            var other => $"{other} {lastNumber}",
        };
    }

    private T? Any<T>(IReadOnlyList<T> items) => items.Count == 0 ? default : items[random.Next(items.Count)];
}
