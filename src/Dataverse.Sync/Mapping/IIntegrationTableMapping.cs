namespace Dataverse.Sync;

/// <summary>One local table and one integration table that are kept in step: direction, filters, field mappings, policies.</summary>
/// <remarks>Immutable once built. Several mappings may share a table, as customers and vendors share the account table.</remarks>
public interface IIntegrationTableMapping
{
    /// <summary>The mapping's unique name, such as CUSTOMER. Part of every stored key: renaming a mapping makes it a new one.</summary>
    string Name { get; }

    /// <summary>The table of the local side.</summary>
    string LocalTable { get; }

    /// <summary>The table of the integration side.</summary>
    string IntegrationTable { get; }

    /// <summary>Which way changes travel.</summary>
    SyncDirection Direction { get; }

    /// <summary>Which local records take part; null for all.</summary>
    RecordFilter? LocalFilter { get; }

    /// <summary>Which integration records take part; null for all.</summary>
    RecordFilter? IntegrationFilter { get; }

    /// <summary>The field mappings, in the order in which they are transferred.</summary>
    IReadOnlyList<IFieldMapping> Fields { get; }

    /// <summary>The fields by which uncoupled records find each other, in groups by priority; empty for no matching.</summary>
    IReadOnlyList<MatchGroup> MatchGroups { get; }

    /// <summary>Whether uncoupled records without a match are left alone instead of being created on the other side. A full run overrides it.</summary>
    bool SynchronizesOnlyCoupledRecords { get; }

    /// <summary>What happens when a field was changed on both sides.</summary>
    UpdateConflictPolicy UpdateConflictPolicy { get; }

    /// <summary>What happens when one record of a pair was deleted.</summary>
    DeletionPolicy DeletionPolicy { get; }

    /// <summary>The greatest share of the couplings that one run may delete records of, from 0 to 1, once it exceeds ten records.</summary>
    double MaximumDeletionShare { get; }

    /// <summary>How often the keys of a side that reports no deletions are compared with the couplings.</summary>
    TimeSpan DeletionScanInterval { get; }

    /// <summary>The names of mappings that run before this one.</summary>
    IReadOnlyList<string> Dependencies { get; }

    /// <summary>When failed records are tried again.</summary>
    RetryPolicy RetryPolicy { get; }

    /// <summary>Rules of this mapping alone; they run after the engine's rules, in order.</summary>
    IReadOnlyList<ISyncRule> Rules { get; }
}
