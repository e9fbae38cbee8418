using System.Reflection;

namespace Dataverse.Sync;

/// <content>Field mappings between the members of two classes.</content>
public sealed partial class IntegrationTableMappingBuilder
{
    /// <summary>
    /// Adds field mappings between the members of two classes, and sets the tables that the classes name with
    /// <see cref="SyncTableAttribute"/> if none are set.
    /// </summary>
    /// <typeparam name="TLocal">The class of the local records.</typeparam>
    /// <typeparam name="TIntegration">The class of the integration records.</typeparam>
    /// <param name="configure">Adds the field mappings.</param>
    /// <param name="local">
    /// The convention for local fields, or null for <see cref="FieldConvention.BusinessCentral"/>.
    /// </param>
    /// <param name="integration">
    /// The convention for integration columns, or null for <see cref="FieldConvention.Dataverse"/>.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    public IntegrationTableMappingBuilder Map<TLocal, TIntegration>(
        Action<TypedMappingBuilder<TLocal, TIntegration>> configure,
        FieldConvention? local = null,
        FieldConvention? integration = null)
        where TLocal : class
        where TIntegration : class
    {
        ArgumentNullException.ThrowIfNull(configure);
        mapping = mapping with
        {
            LocalTable = mapping.LocalTable.Length > 0 ? mapping.LocalTable : TableOf(typeof(TLocal)),
            IntegrationTable = mapping.IntegrationTable.Length > 0 ? mapping.IntegrationTable : TableOf(typeof(TIntegration)),
        };
        configure(new(this, local ?? FieldConvention.BusinessCentral, integration ?? FieldConvention.Dataverse));
        return this;
    }

    private static string TableOf(Type type) =>
        type.GetCustomAttribute<SyncTableAttribute>()?.Name ?? string.Empty;
}
