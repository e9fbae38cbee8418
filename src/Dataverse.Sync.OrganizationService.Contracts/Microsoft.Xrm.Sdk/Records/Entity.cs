namespace Microsoft.Xrm.Sdk;

public class Entity
{
    public Entity()
    {
    }

    public Entity(string entityName) => LogicalName = entityName;

    public Entity(string entityName, Guid id)
        : this(entityName) => Id = id;

    public Entity(string entityName, string keyName, object keyValue)
        : this(entityName) => KeyAttributes.Add(keyName, keyValue);

    public Entity(string entityName, KeyAttributeCollection keyAttributes)
        : this(entityName) => KeyAttributes = keyAttributes;

    public string LogicalName { get; set; }

    public virtual Guid Id { get; set; }

    public AttributeCollection Attributes { get; set; } = new();

    public EntityState? EntityState { get; set; }

    public FormattedValueCollection FormattedValues { get; set; } = new();

    public RelatedEntityCollection RelatedEntities { get; set; } = new();

    public string RowVersion { get; set; }

    public KeyAttributeCollection KeyAttributes { get; set; } = new();

    public object this[string attributeName]
    {
        get => Attributes[attributeName];
        set => Attributes[attributeName] = value;
    }

    public bool Contains(string attributeName) => Attributes.Contains(attributeName);

    public T ToEntity<T>()
        where T : Entity
    {
        if (typeof(T).IsAssignableFrom(GetType()))
        {
            return (T)this;
        }

        var entity = Activator.CreateInstance<T>();
        entity.LogicalName = LogicalName;
        entity.Id = Id;
        entity.RowVersion = RowVersion;
        entity.EntityState = EntityState;
        entity.Attributes.AddRange(Attributes);
        entity.FormattedValues.AddRange(FormattedValues);
        entity.RelatedEntities.AddRange(RelatedEntities);
        entity.KeyAttributes.AddRange(KeyAttributes);
        return entity;
    }

    public EntityReference ToEntityReference() => new(LogicalName, Id) { RowVersion = RowVersion };

    public virtual T GetAttributeValue<T>(string attributeLogicalName) =>
        Attributes.TryGetValue(attributeLogicalName, out var value) && value is not null ? (T)value : default;

    public bool TryGetAttributeValue<T>(string attributeKey, out T result)
    {
        if (Attributes.TryGetValue(attributeKey, out var value) && value is T typed)
        {
            result = typed;
            return true;
        }

        result = default;
        return false;
    }
}
