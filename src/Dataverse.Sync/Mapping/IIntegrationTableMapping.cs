namespace Dataverse.Sync;

/// <summary>
/// A local table and an integration table that are synchronized, with direction, filters, field mappings, and policies.
/// </summary>
/// <remarks>
/// An instance must not change after it was passed to an engine; use <see cref="MappingCatalog"/> to change a mapping.
/// Several mappings may share a table, as customers and vendors share the account table. Business Central: Integration
/// Table Mapping.
/// </remarks>
public interface IIntegrationTableMapping
{
    /// <summary>The unique name of the mapping, such as CUSTOMER.</summary>
    /// <remarks>
    /// Names are compared without regard to letter case. The name is part of every key in the store, so a mapping that
    /// is renamed has no couplings.
    /// </remarks>
    string Name { get; }

    /// <summary>The table of the local side, as its connector names it.</summary>
    string LocalTable { get; }

    /// <summary>The table of the integration side, as its connector names it.</summary>
    string IntegrationTable { get; }

    /// <summary>Whether runs include the mapping. Business Central: Status.</summary>
    /// <value>The default implementation returns true.</value>
    /// <remarks>
    /// A run of all mappings skips a mapping that is switched off, without an error, and runs those that depend on it; a run
    /// of the mapping itself is refused. Its couplings remain, and lookups lead through them.
    /// </remarks>
    bool IsEnabled => true;

    /// <summary>The direction in which changes travel.</summary>
    SyncDirection Direction { get; }

    /// <summary>The local records that take part, or null for all. Business Central: Table Filter.</summary>
    /// <remarks>
    /// A change to a record outside the filter does not start its synchronization, and the record is not matched. If it
    /// is coupled, it is still synchronized when its partner changes.
    /// </remarks>
    RecordFilter? LocalFilter { get; }

    /// <summary>
    /// The integration records that take part, or null for all. Business Central: Integration Table Filter.
    /// </summary>
    /// <remarks>
    /// A change to a record outside the filter does not start its synchronization, and the record is not matched. If it
    /// is coupled, it is still synchronized when its partner changes.
    /// </remarks>
    RecordFilter? IntegrationFilter { get; }

    /// <summary>
    /// The columns by which companies claim the rows of the integration table, in the order of preference; empty for
    /// none. The first column that the table has counts.
    /// </summary>
    /// <remarks>
    /// The own company is written together with the row, and rows of other companies do not take part. See
    /// <see cref="CompanyColumn"/>.
    /// </remarks>
    IReadOnlyList<CompanyColumn> CompanyColumns => [];

    /// <summary>
    /// Whether rows that other companies claim take part as well. They are read and coupled, but neither written nor
    /// deleted.
    /// </summary>
    /// <remarks>Business Central: Multi Company Synch. Enabled.</remarks>
    bool ReadsAllCompanies => false;

    /// <summary>
    /// Whether all companies share the rows of the integration table, such as users and currencies. Several scopes may
    /// then use the table, although no column says whose its rows are.
    /// </summary>
    bool IsSharedByCompanies => false;

    /// <summary>
    /// The owner of the integration rows that the mapping creates if no field mapping names one, or null for the
    /// default of the system.
    /// </summary>
    DefaultOwner? DefaultOwner => null;

    /// <summary>The field mappings, in the order in which they are transferred.</summary>
    IReadOnlyList<IFieldMapping> Fields { get; }

    /// <summary>The initial values of the rows that the mapping creates; empty for none.</summary>
    IReadOnlyList<RecordTemplate> Templates => [];

    /// <summary>
    /// The groups of fields by which uncoupled records are matched, in the order in which they are tried; empty for no
    /// matching.
    /// </summary>
    IReadOnlyList<MatchGroup> MatchGroups { get; }

    /// <summary>
    /// The policy for a pair while one of its records is outside the mapping's filter, or null for
    /// <see cref="OutsideFilterPolicy.Follow"/> where the mapping synchronizes a field that the filter reads, and
    /// <see cref="OutsideFilterPolicy.Wait"/> otherwise.
    /// </summary>
    OutsideFilterPolicy? OutsideFilterPolicy => null;

    /// <summary>The policy for an uncoupled record whose partner is doubtful.</summary>
    DoubtfulMatchPolicy DoubtfulMatchPolicy => DoubtfulMatchPolicy.Ask;

    /// <summary>
    /// Whether runs of modified records leave uncoupled records without a match alone instead of creating them on the
    /// other side.
    /// </summary>
    /// <remarks>
    /// Full runs and runs of named records create them in any case, unless
    /// <see cref="SyncRunOptions.OnlyCoupledRecords"/> is true. Business Central: Synch. Only Coupled Records.
    /// </remarks>
    bool SynchronizesOnlyCoupledRecords { get; }

    /// <summary>
    /// What happens when a field was changed on both sides. Business Central: Update-Conflict Resolution.
    /// </summary>
    /// <remarks>
    /// A rule (<see cref="ISyncRule.ConflictDetectedAsync"/>) takes precedence, and so do the options of a run.
    /// </remarks>
    UpdateConflictPolicy UpdateConflictPolicy { get; }

    /// <summary>
    /// What happens when one record of a pair was deleted. Business Central: Deletion-Conflict Resolution.
    /// </summary>
    /// <remarks>A rule (<see cref="ISyncRule.DeletionDetectedAsync"/>) takes precedence.</remarks>
    DeletionPolicy DeletionPolicy { get; }

    /// <summary>
    /// The share of all couplings of the mapping for which one run may draw a conclusion from a missing record: delete
    /// its partner, create it again, or uncouple the two. Must be from 0 to 1.
    /// </summary>
    /// <remarks>
    /// Ten of them are always allowed, but not more than half of the couplings; one always is. A run that would exceed
    /// the limit stops and does none of this. <see cref="SyncRunOptions.AllowsMassDeletion"/> disables the limit. The
    /// same share limits the records in which one run overwrites values with blanks; see
    /// <see cref="SyncRunOptions.AllowsMassBlanking"/>.
    /// </remarks>
    double MaximumDeletionShare { get; }

    /// <summary>
    /// The policy for deletions by the engine that make the system delete coupled records that nobody deleted.
    /// </summary>
    /// <value>The default implementation returns <see cref="CascadePolicy.Ask"/>.</value>
    CascadePolicy CascadePolicy => CascadePolicy.Ask;

    /// <summary>
    /// How long after a scan of all ids the next run of modified records scans them again to detect deletions. Must not
    /// be negative.
    /// </summary>
    /// <remarks>
    /// Applies to a side that does not report deletions or that the mapping does not read. Zero scans in every run.
    /// Full runs scan in any case.
    /// </remarks>
    TimeSpan DeletionScanInterval { get; }

    /// <summary>
    /// The names of the mappings that run before this one when several are run. Business Central: Dependency Filter.
    /// </summary>
    /// <remarks>Every name must exist, and the dependencies must not form a circle.</remarks>
    IReadOnlyList<string> Dependencies { get; }

    /// <summary>When failed records are tried again.</summary>
    RetryPolicy RetryPolicy { get; }

    /// <summary>
    /// The time zone in which instants have a date, for all field mappings without one of their own, or null if dates
    /// and instants do not meet.
    /// </summary>
    /// <value>The default is null.</value>
    /// <remarks>See <see cref="IFieldMapping.TimeZone"/>.</remarks>
    TimeZoneInfo? TimeZone => null;

    /// <summary>The rules of this mapping. They are called after the rules of the engine, in this order.</summary>
    IReadOnlyList<ISyncRule> Rules { get; }
}
