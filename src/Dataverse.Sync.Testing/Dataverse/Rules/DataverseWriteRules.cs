using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing;

/// <summary>
/// Rules that can stop a write before it is committed, besides the data rules: plug-ins of customers, SQL errors, and
/// missing privileges.
/// </summary>
/// <remarks>
/// The rules apply to requests over HTTP, not to edits through <see cref="DataverseTable"/>. Safe for concurrent use.
/// </remarks>
public sealed class DataverseWriteRules
{
    private readonly Lock gate = new();
    private readonly List<Rule> rules = [];
    private readonly HashSet<(string Table, DataversePrivilege Privilege)> denied = [];
    private Func<DataverseRow, bool>? bumped;

    internal DataverseWriteRules()
    {
    }

    /// <summary>Rejects every write that matches a predicate, and rolls back its transaction.</summary>
    /// <param name="predicate">
    /// Selects writes. It runs inside the write, so it must be fast and must not call the emulator.
    /// </param>
    /// <param name="rejection">The error that the client receives.</param>
    public void Reject(Func<DataverseWrite, bool> predicate, DataverseRejection rejection)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        ArgumentNullException.ThrowIfNull(rejection);
        lock (gate)
        {
            rules.Add(new Rule(predicate, rejection) { Left = rejection.Strikes });
        }
    }

    /// <summary>Removes a privilege on a table from every caller: 403, <c>0x80040220</c>.</summary>
    /// <param name="table">The logical name of the table.</param>
    /// <param name="privilege">The privilege.</param>
    public void Deny(string table, DataversePrivilege privilege)
    {
        ArgumentException.ThrowIfNullOrEmpty(table);
        lock (gate)
        {
            _ = denied.Add((table, privilege));
        }
    }

    /// <summary>Makes the platform write a row once more after a write: a new version with the same values.</summary>
    /// <param name="predicate">Selects the rows. A later call replaces it.</param>
    public void BumpVersionAfter(Func<DataverseRow, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        lock (gate)
        {
            bumped = predicate;
        }
    }

    /// <summary>Removes all rules.</summary>
    public void Clear()
    {
        lock (gate)
        {
            rules.Clear();
            denied.Clear();
            bumped = null;
        }
    }

    internal bool IsBumped(DataverseRow row)
    {
        lock (gate)
        {
            return bumped?.Invoke(row) ?? false;
        }
    }

    /// <summary>Whether callers have a privilege on a table.</summary>
    internal bool Allows(string table, DataversePrivilege privilege)
    {
        lock (gate)
        {
            return !denied.Contains((table, privilege));
        }
    }

    /// <exception cref="DataverseErrorException">The caller lacks the privilege.</exception>
    internal void CheckPrivilege(string table, DataversePrivilege privilege, DataverseCaller caller)
    {
        lock (gate)
        {
            if (!caller.IsTrusted && denied.Contains((table, privilege)))
            {
                throw new DataverseErrorException(
                    403, "0x80040220",
                    $"Principal user (Id={caller.User}, type=8) is missing prv{privilege}{table} privilege.");
            }
        }
    }

    /// <exception cref="DataverseErrorException">A rule rejects the write.</exception>
    internal void Check(DataverseWrite write, DataverseCaller caller)
    {
        if (caller.IsTrusted)
        {
            return;
        }

        CheckPrivilege(write.Table, PrivilegeFor(write.Kind), caller);
        lock (gate)
        {
            foreach (var rule in rules.Where(rule => rule.Left > 0 && rule.Predicate(write)))
            {
                rule.Left -= rule.Left == int.MaxValue ? 0 : 1;
                throw new DataverseErrorException(rule.Rejection.Status, rule.Rejection.Code, rule.Rejection.Message);
            }
        }
    }

    private static DataversePrivilege PrivilegeFor(DataverseWriteKind kind) => kind switch
    {
        DataverseWriteKind.Create => DataversePrivilege.Create,
        DataverseWriteKind.Delete => DataversePrivilege.Delete,
        _ => DataversePrivilege.Write,
    };

    private sealed class Rule(Func<DataverseWrite, bool> predicate, DataverseRejection rejection)
    {
        public Func<DataverseWrite, bool> Predicate { get; } = predicate;

        public DataverseRejection Rejection { get; } = rejection;

        public int Left { get; set; }
    }
}
